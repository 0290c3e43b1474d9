namespace EdgeAgent.Core.Decisions;

/// <summary>The span of readings that decided.</summary>
public sealed record DecisionWindow(DateTimeOffset From, DateTimeOffset To);
