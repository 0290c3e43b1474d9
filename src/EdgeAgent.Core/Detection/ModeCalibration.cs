namespace EdgeAgent.Core.Detection;

/// <summary>What is normal in one operating mode.</summary>
/// <param name="Mode">The mode's name; null for a machine without modes.</param>
/// <param name="Windows">Normal windows that were used.</param>
/// <param name="Baseline">The fit graph's tensors.</param>
/// <param name="Adequacy">Whether the data were long enough; null where nobody judged it.</param>
public sealed record ModeCalibration(
    string? Mode,
    int Windows,
    ThresholdEstimate Threshold,
    IReadOnlyDictionary<string, float[]> Baseline,
    CalibrationAdequacy? Adequacy = null);
