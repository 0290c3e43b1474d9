namespace EdgeAgent.Core.ModelPackages;

/// <summary>How long a state of the score graph remembers.</summary>
/// <param name="WatchOnly">True if no score depends on it: it is there for telling drift.</param>
public sealed record StateTimeConstant(string State, double Seconds, bool WatchOnly = false);
