using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EdgeAgent.Commanding;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>The payload of an answer; docs/schema/command-answer.schema.json.</summary>
/// <param name="Id">The command's; null if it had no good one.</param>
/// <param name="Result">See <see cref="CommandResults"/>.</param>
/// <param name="Code">Why, for a program; null for done.</param>
/// <param name="Message">For a person.</param>
/// <param name="Clock">"synced" or "unsynced", as in decisions.</param>
internal sealed record CommandAnswer(
    string Schema,
    string? Id,
    string Command,
    string Result,
    string? Code,
    string Message,
    DateTimeOffset At,
    string Clock,
    JsonObject? Data)
{
    public const string SchemaName = "edgeagent/command-answer/1";

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, CommandAnswerJson.Default.CommandAnswer);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommandAnswer))]
internal sealed partial class CommandAnswerJson : JsonSerializerContext;
