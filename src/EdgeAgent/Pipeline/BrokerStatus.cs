using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Pipeline;

/// <param name="Status">"online" or "offline".</param>
/// <param name="Agent">The agent's version.</param>
/// <param name="Storage">See <see cref="StorageSign"/>; null = nobody is there to know.</param>
internal sealed record BrokerStatus(string Schema, string Status, string Agent, string? Storage);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BrokerStatus))]
internal sealed partial class BrokerStatusJson : JsonSerializerContext;
