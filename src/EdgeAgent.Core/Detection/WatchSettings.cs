using EdgeAgent.Core.Modes;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Detection;

/// <summary>What a machine watch needs to know of its device.</summary>
/// <param name="Machine">The machine's id.</param>
/// <param name="Limits">One per channel.</param>
/// <param name="RateHz">Nominal sampling rate.</param>
/// <param name="MaxGap">A longer pause between two frames begins a new window.</param>
/// <param name="FalseAlarmRate">Overrides the package's; null = the package's.</param>
/// <param name="OnDelay">Overrides the package's; null = the package's.</param>
/// <param name="OffDelay">Overrides the package's; null = the package's.</param>
/// <param name="ClearBelow">Overrides the package's; null = the package's.</param>
/// <param name="CriticalAbove">Multiple of the threshold from which on an alarm is critical.</param>
/// <param name="Modes">How the operating mode is told; null for a machine that always runs alike.</param>
/// <param name="Drift">When drift is told; null = never.</param>
public sealed record WatchSettings(
    string Machine,
    IReadOnlyList<Channel> Channels,
    IReadOnlyList<HealthLimits> Limits,
    HealthDelays Delays,
    double RateHz,
    TimeSpan MaxGap,
    double? FalseAlarmRate,
    TimeSpan? OnDelay,
    TimeSpan? OffDelay,
    double? ClearBelow,
    double CriticalAbove,
    ModeRule? Modes = null,
    DriftLimits? Drift = null);
