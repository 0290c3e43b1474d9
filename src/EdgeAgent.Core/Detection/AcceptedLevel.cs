namespace EdgeAgent.Core.Detection;

/// <summary>Moves a calibration's normal level. Thresholds and standard deviations stay what they were.</summary>
public static class AcceptedLevel
{
    /// <param name="center">The baseline tensor that holds each slot's level.</param>
    /// <param name="levels">For each slot the new level, null where the old one stays.</param>
    public static ModeCalibration Apply(ModeCalibration mode, string center, IReadOnlyList<double?> levels)
    {
        var moved = mode.Baseline[center].Select((old, slot) => (float)(levels[slot] ?? old)).ToArray();
        var baseline = mode.Baseline.ToDictionary(tensor => tensor.Key, tensor => tensor.Key == center ? moved : tensor.Value);
        return mode with { Baseline = baseline };
    }
}
