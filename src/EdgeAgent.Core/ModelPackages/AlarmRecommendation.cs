namespace EdgeAgent.Core.ModelPackages;

/// <param name="ClearBelow">The alarm clears below this fraction of the threshold.</param>
public sealed record AlarmRecommendation(double OnDelaySeconds, double OffDelaySeconds, double ClearBelow);
