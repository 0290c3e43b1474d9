namespace EdgeAgent.Core.Decisions;

/// <summary>A point in time as a box without a battery-backed clock knows it.</summary>
/// <param name="At">Wall clock.</param>
/// <param name="Synced">Whether the wall clock is known to be right.</param>
/// <param name="SinceBoot">Monotonic.</param>
public readonly record struct Moment(DateTimeOffset At, bool Synced, TimeSpan SinceBoot);
