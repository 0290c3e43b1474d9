namespace EdgeAgent.Core.Snapshots;

/// <summary>When a reading was taken.</summary>
/// <param name="UtcTicks">Wall clock, in tenths of a microsecond since the year 1, as far as the clock was right.</param>
/// <param name="MonotonicTicks">Tenths of a microsecond since the source was opened.</param>
public readonly record struct ReadingTime(long UtcTicks, long MonotonicTicks);
