using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>How evidence and diagnoses are written as JSON: camelCase, and °C as °C.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Diagnosis))]
[JsonSerializable(typeof(Evidence))]
[JsonSerializable(typeof(IReadOnlyList<Evidence>))]
public sealed partial class DiagnosisJson : JsonSerializerContext
{
    /// <summary>The context to write with; nothing of it is ever put into HTML unescaped.</summary>
    public static DiagnosisJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
