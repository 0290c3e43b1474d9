using System.Text.Json.Serialization;
using EdgeAgent.Core.ModelPackages.Acceptance;

namespace EdgeAgent.Packages;

/// <summary>Which installed packages of one name are in use, and which may be.</summary>
/// <param name="Active">The slot in use; null = the package that the config names.</param>
/// <param name="LastGood">The slot before it, kept for a rollback; null = the package that the config names.</param>
/// <param name="Highest">The highest sequence that was taken; null if none was.</param>
/// <param name="Candidate">The slot that goes beside the active one and may take its place; null if there is none.</param>
/// <param name="Probation">The active one has yet to prove itself; null if it has.</param>
/// <param name="Refused">Slots of packages that the device went back from; they are not taken again unasked. The newest last.</param>
internal sealed record PackageSlots(
    string? Active,
    string? LastGood,
    AcceptedSequence? Highest,
    string? Candidate = null,
    PackageProbation? Probation = null,
    IReadOnlyList<string>? Refused = null)
{
    private const int MostRefused = 32;

    public static PackageSlots Empty { get; } = new(null, null, null);

    public bool IsRefused(string slot) => Refused?.Contains(slot) == true;

    /// <summary>Takes a slot into use.</summary>
    /// <param name="onProbation">It may be taken back by itself.</param>
    public PackageSlots Activate(string slot, AcceptedSequence highest, bool onProbation) => this with
    {
        Active = slot,
        LastGood = Active,
        Highest = highest,
        Candidate = null,
        Probation = onProbation ? new PackageProbation(Starts: 0) : null,
        Refused = Without(slot),
    };

    /// <summary>Goes back to the slot before.</summary>
    /// <param name="refuse">The one in use is not to be taken again unasked.</param>
    public PackageSlots GoBack(bool refuse) => this with
    {
        Active = LastGood,
        LastGood = null,
        Probation = null,
        Refused = refuse && Active is { } failed ? [.. (Without(failed) ?? []).TakeLast(MostRefused - 1), failed] : Refused,
    };

    private string[]? Without(string slot) => Refused?.Where(refused => refused != slot).ToArray();
}

/// <param name="Starts">Starts of the agent with it that did not become steady.</param>
internal sealed record PackageProbation(int Starts);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PackageSlots))]
internal sealed partial class PackageSlotsJson : JsonSerializerContext;
