namespace EdgeAgent.Core.Detection;

/// <summary>What a calibration run knows about its own data.</summary>
/// <param name="Seconds">Time that the normal windows cover.</param>
/// <param name="MemorySeconds">The longest time constant inside the score graph; 0 if it has none.</param>
/// <param name="HeldBackFlagged">Share of the held-back windows above the package's minimum threshold, 0 to 1.</param>
/// <param name="Threshold">As it was set on the held-back windows.</param>
/// <param name="Minimum">The package's minimum threshold.</param>
/// <param name="WanderedMost">The channel whose level moved most from one part of the data to another; null where it was not measured.</param>
/// <param name="WanderedSigma">By how many standard deviations of the first part.</param>
public readonly record struct AdequacyFacts(
    double Seconds,
    double MemorySeconds,
    double HeldBackFlagged,
    ThresholdEstimate Threshold,
    double Minimum,
    string? WanderedMost,
    double? WanderedSigma);
