namespace EdgeAgent.Core.Snapshots;

/// <summary>How much is kept around an alarm, in time and in readings, within a bound of memory.</summary>
/// <param name="Before">As asked for.</param>
/// <param name="After">As asked for.</param>
/// <param name="ReadingsBefore">At most so many up to the alarm, the one that raised it included.</param>
/// <param name="ReadingsAfter">At most so many after it.</param>
/// <param name="Capacity">Readings that the ring holds: both, and those that come while they are written to the disk.</param>
public sealed record SnapshotSpan(TimeSpan Before, TimeSpan After, int ReadingsBefore, int ReadingsAfter, int Capacity)
{
    /// <summary>Readings that may come faster than the config says, before the span is cut for it.</summary>
    private const double Faster = 1.25;

    /// <summary>Readings that may come while a slow disk writes: an eighth of all, and never fewer than this.</summary>
    private const int FewestSpare = 8192;

    /// <summary>Readings that can be held at all, whatever is asked for.</summary>
    private const int FewestReadings = 64;

    /// <param name="mostBytes">Of the ring. A span that needs more is shortened on both sides alike.</param>
    public static SnapshotSpan Within(TimeSpan before, TimeSpan after, double rateHz, int channels, long mostBytes)
    {
        var wantedBefore = Math.Ceiling(before.TotalSeconds * rateHz * Faster) + 1;
        var wantedAfter = Math.Ceiling(after.TotalSeconds * rateHz * Faster);
        var wanted = wantedBefore + wantedAfter;
        var most = Math.Max(FewestReadings, mostBytes / ReadingRing.BytesPerReading(channels));
        var capacity = (int)Math.Min(most, wanted + Math.Max(wanted / 8, FewestSpare));
        var held = Math.Min(wanted, capacity - Math.Min(Math.Max(capacity / 8, FewestSpare), capacity / 2));
        var heldBefore = Math.Max(1, (int)(wantedBefore * held / wanted));
        return new SnapshotSpan(before, after, heldBefore, (int)(wantedAfter * held / wanted), capacity);
    }

    /// <summary>The time that is really kept before an alarm at this rate.</summary>
    public TimeSpan HeldBefore(double rateHz) => Shorter(Before, (ReadingsBefore - 1) / rateHz);

    /// <summary>The time that is really kept after an alarm at this rate.</summary>
    public TimeSpan HeldAfter(double rateHz) => Shorter(After, ReadingsAfter / rateHz);

    private static TimeSpan Shorter(TimeSpan asked, double seconds) => seconds < asked.TotalSeconds ? TimeSpan.FromSeconds(seconds) : asked;
}
