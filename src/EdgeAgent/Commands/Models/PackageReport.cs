using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Packages;

namespace EdgeAgent.Commands.Models;

/// <summary>What a command says about one package, as JSON.</summary>
/// <param name="Verdict">"verified", "activated", "already-active" or "refused".</param>
/// <param name="Reason">Why it is refused, else null.</param>
internal sealed record PackageReport(
    string Verdict, string? Name, string? Version, long? Sequence, string? Kind, string? Sha256, string? KeyId, string? Reason, double? SelfTestMs)
{
    public static PackageReport Of(string verdict, VerifiedPackage? package, string? reason = null, double selfTestMs = 0) => new(
        verdict, package?.Manifest.Name, package?.Manifest.Version, package?.Manifest.Sequence, package?.Manifest.Kind, package?.Identity.Sha256,
        package?.KeyId, reason, selfTestMs > 0 ? selfTestMs : null);

    public string ToJson() => JsonSerializer.Serialize(this, PackageReportJson.Default.PackageReport);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PackageReport))]
internal sealed partial class PackageReportJson : JsonSerializerContext;
