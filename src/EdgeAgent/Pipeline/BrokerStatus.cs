using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Pipeline;

/// <param name="Status">"online" or "offline".</param>
/// <param name="Agent">The agent's version.</param>
internal sealed record BrokerStatus(string Schema, string Status, string Agent);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BrokerStatus))]
internal sealed partial class BrokerStatusJson : JsonSerializerContext;
