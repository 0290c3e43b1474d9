namespace EdgeAgent.Core.Detection;

/// <summary>A new calibration and, in the order of its modes, scorers that have seen all of its data.</summary>
public sealed record CalibrationResult(Calibration Calibration, IReadOnlyList<IWindowScorer> Scorers);
