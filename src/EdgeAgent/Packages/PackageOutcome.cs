using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Packages;

/// <summary>What became of a package that a running agent was handed; <c>models/outcomes/NAME.json</c>.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="File">The name that it was handed over under.</param>
/// <param name="Sha256">Of that file.</param>
/// <param name="Result">One of <see cref="OutcomeResults"/>.</param>
/// <param name="Reason">One line for a person.</param>
/// <param name="Name">null, like version and sequence, for a file that is no genuine package.</param>
internal sealed record PackageOutcome(
    string Format, string File, string Sha256, string Result, string Reason, string? Name, string? Version, long? Sequence, DateTimeOffset At)
{
    public const string FormatName = "edgeagent/model-outcome/1";

    /// <summary>Nothing more will become of it.</summary>
    [JsonIgnore]
    public bool IsRefusal => Result is OutcomeResults.Refused or OutcomeResults.RolledBack;
}

/// <summary>What may become of a package.</summary>
internal static class OutcomeResults
{
    public const string Activated = "activated";
    public const string Shadowing = "shadowing";
    public const string AlreadyActive = "already-active";
    public const string Refused = "refused";
    public const string RolledBack = "rolled-back";
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PackageOutcome))]
internal sealed partial class PackageOutcomeJson : JsonSerializerContext;
