namespace EdgeAgent.Core.ModelPackages;

/// <param name="FalseAlarmRate">Share of normal windows that may lie above the threshold.</param>
/// <param name="Minimum">The threshold is never lower.</param>
public sealed record ThresholdPolicy(double FalseAlarmRate, double Minimum);
