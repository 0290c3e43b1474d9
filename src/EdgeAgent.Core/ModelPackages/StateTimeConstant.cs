namespace EdgeAgent.Core.ModelPackages;

public sealed record StateTimeConstant(string State, double Seconds);
