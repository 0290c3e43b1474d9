using System.Text.Json;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>The payload of a command.</summary>
/// <param name="Id">The sender's; the same id is the same command, however often it arrives.</param>
/// <param name="Who">Who the sender says it is: a claim, which is recorded and never trusted.</param>
/// <param name="Arguments">An object; empty if the payload has none. Every text in it can be read.</param>
internal sealed record CommandEnvelope(string Id, string? Who, JsonElement Arguments);
