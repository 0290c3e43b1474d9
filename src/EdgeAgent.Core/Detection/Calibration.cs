using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Detection;

/// <summary>What this machine's normal is. Made once from normal data, then frozen.</summary>
/// <param name="Format">1.</param>
/// <param name="Machine">The machine's id in the config.</param>
/// <param name="Model">The package that it belongs to; it is valid for no other.</param>
/// <param name="Channels">For each slot the channel that filled it, null where none did.</param>
/// <param name="From">Time of the first sample.</param>
/// <param name="To">Time of the last sample.</param>
/// <param name="Windows">Normal windows that were used.</param>
/// <param name="FalseAlarmRate">Expected share of normal windows above the threshold.</param>
/// <param name="Baseline">The fit graph's tensors.</param>
public sealed record Calibration(
    int Format,
    string Machine,
    ModelIdentity Model,
    IReadOnlyList<string?> Channels,
    DateTimeOffset From,
    DateTimeOffset To,
    int Windows,
    double FalseAlarmRate,
    ThresholdEstimate Threshold,
    IReadOnlyDictionary<string, float[]> Baseline)
{
    public const int CurrentFormat = 1;
}
