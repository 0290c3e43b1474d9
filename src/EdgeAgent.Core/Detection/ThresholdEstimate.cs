namespace EdgeAgent.Core.Detection;

/// <summary>A threshold and how far it can be trusted.</summary>
/// <param name="Threshold">On the scale of the score; an alarm needs a score above it.</param>
/// <param name="Quantile">What the tail alone asked for, before the package's floor.</param>
/// <param name="EffectiveSamples">Independent samples that the held-back scores are worth.</param>
/// <param name="Extrapolated">True when there were fewer than 1/rate of them: the tail was guessed, not seen.</param>
public sealed record ThresholdEstimate(double Threshold, double Quantile, double EffectiveSamples, bool Extrapolated);
