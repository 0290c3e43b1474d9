namespace EdgeAgent.Core.ModelPackages;

/// <summary>What becomes of a calibration when the package takes the place of an earlier version.</summary>
/// <param name="CompatibleWith">
/// Versions of the same name whose baselines, thresholds and states mean the same in this one, so that they are carried over.
/// </param>
public sealed record CalibrationPolicy(IReadOnlyList<string> CompatibleWith);
