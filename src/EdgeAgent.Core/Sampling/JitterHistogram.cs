namespace EdgeAgent.Core.Sampling;

/// <summary>How late deadlines were kept, counted in steps of 1, 2 and 5. Thread-safe; recording allocates nothing.</summary>
public sealed class JitterHistogram
{
    private readonly long[] _counts = new long[UpToMicroseconds.Count + 1];
    private long _most;

    /// <summary>The upper end of each step; one step more counts what was later than all of them.</summary>
    public static IReadOnlyList<int> UpToMicroseconds { get; } =
        [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

    /// <summary>The latest of all.</summary>
    public TimeSpan Most => TimeSpan.FromTicks(Volatile.Read(ref _most));

    /// <param name="late">From the deadline to the moment at which it was kept; below zero counts as zero.</param>
    public void Record(TimeSpan late)
    {
        var step = 0;
        while (step < UpToMicroseconds.Count && late.TotalMicroseconds > UpToMicroseconds[step])
        {
            step++;
        }

        Interlocked.Increment(ref _counts[step]);
        for (var most = Volatile.Read(ref _most); late.Ticks > most;)
        {
            most = Interlocked.CompareExchange(ref _most, late.Ticks, most);
        }
    }

    /// <summary>A copy of the counts, one per step and one for what was later.</summary>
    public long[] Counts() => [.. Enumerable.Range(0, _counts.Length).Select(step => Volatile.Read(ref _counts[step]))];

    /// <summary>The upper end of the step up to which at least this share was kept, in µs; null when nothing was counted, or it was later than all steps.</summary>
    /// <param name="share">Above 0, up to 1.</param>
    public int? WithinMicroseconds(double share)
    {
        var counts = Counts();
        var wanted = share * counts.Sum();
        var sum = 0L;
        for (var step = 0; step < UpToMicroseconds.Count && wanted > 0; step++)
        {
            sum += counts[step];
            if (sum >= wanted)
            {
                return UpToMicroseconds[step];
            }
        }

        return null;
    }
}
