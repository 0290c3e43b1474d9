namespace EdgeAgent.Core.Sampling;

/// <summary>
/// Deadlines on a fixed grid. Each is counted from the start, so neither rounding nor a late reading moves the ones after it.
/// Not thread-safe.
/// </summary>
/// <param name="start">The first deadline, on the caller's monotonic clock.</param>
public sealed class SampleSchedule(double rateHz, TimeSpan start)
{
    /// <summary>The number of the deadline that comes next, from 0; it jumps over those that were missed.</summary>
    public long Number { get; private set; }

    /// <summary>When it comes.</summary>
    public TimeSpan Due => start + TimeSpan.FromTicks((long)Math.Round(Number / rateHz * TimeSpan.TicksPerSecond));

    /// <summary>Deadlines for which there was no time at all.</summary>
    public long Missed { get; private set; }

    /// <summary>The deadline was kept, or is late. Of those that have passed meanwhile the latest is kept yet, the others are missed.</summary>
    /// <param name="now">On the same clock as the start.</param>
    public void Next(TimeSpan now)
    {
        var latest = (long)Math.Floor((now - start).TotalSeconds * rateHz);
        var next = Math.Max(Number + 1, latest);
        Missed += next - (Number + 1);
        Number = next;
    }
}
