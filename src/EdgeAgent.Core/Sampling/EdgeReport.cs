namespace EdgeAgent.Core.Sampling;

/// <summary>What an input line did since it was last asked. All times are of one monotonic clock.</summary>
/// <param name="Count">How many edges, also those that nobody had room for.</param>
/// <param name="FirstAt">The earliest one whose time is known; nothing where there was none.</param>
/// <param name="LastAt">The latest one.</param>
/// <param name="Between">How many came after the one at <paramref name="FirstAt"/>.</param>
/// <param name="At">When it was asked.</param>
public readonly record struct EdgeReport(long Count, TimeSpan FirstAt, TimeSpan LastAt, long Between, TimeSpan At);
