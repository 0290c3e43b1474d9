using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Detection;

/// <summary>What this machine's normal is. Made once from normal data, then frozen.</summary>
/// <param name="Format">2.</param>
/// <param name="Machine">The machine's id in the config.</param>
/// <param name="Model">The package that it belongs to; it is valid for no other.</param>
/// <param name="Channels">For each slot the channel that filled it, null where none did.</param>
/// <param name="From">Time of the first sample.</param>
/// <param name="To">Time of the last sample.</param>
/// <param name="FalseAlarmRate">Expected share of normal windows above the threshold.</param>
/// <param name="Modes">One for each operating mode that was seen for long enough.</param>
public sealed record Calibration(
    int Format,
    string Machine,
    ModelIdentity Model,
    IReadOnlyList<string?> Channels,
    DateTimeOffset From,
    DateTimeOffset To,
    double FalseAlarmRate,
    IReadOnlyList<ModeCalibration> Modes)
{
    public const int CurrentFormat = 2;

    /// <summary>Normal windows that were used, over all modes.</summary>
    public int TotalWindows => Modes.Sum(mode => mode.Windows);
}
