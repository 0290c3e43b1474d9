using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>How diagnoses and evidence are written: compact, camelCase, absent keys instead of nulls, °C as °C.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Diagnosis))]
[JsonSerializable(typeof(IReadOnlyList<Evidence>))]
public sealed partial class DiagnosisJson : JsonSerializerContext
{
    /// <summary>Nothing of this is ever put into HTML unescaped.</summary>
    private static readonly DiagnosisJson Relaxed = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write(Diagnosis diagnosis) => JsonSerializer.SerializeToUtf8Bytes(diagnosis, Relaxed.Diagnosis);
}
