using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Decisions;

/// <summary>How decisions are written: compact, camelCase, absent keys instead of nulls.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Decision))]
public sealed partial class DecisionJson : JsonSerializerContext
{
    public static byte[] Write(Decision decision) => JsonSerializer.SerializeToUtf8Bytes(decision, Default.Decision);
}
