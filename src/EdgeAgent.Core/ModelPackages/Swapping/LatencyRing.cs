namespace EdgeAgent.Core.ModelPackages.Swapping;

/// <summary>The latest durations, for a percentile of them.</summary>
internal sealed class LatencyRing
{
    private const int Kept = 4096;

    private readonly long[] _ticks = new long[Kept];
    private long _count;

    public void Add(TimeSpan took) => _ticks[_count++ % Kept] = took.Ticks;

    /// <summary>The smallest duration that at least 95% do not exceed; zero of none.</summary>
    public TimeSpan Percentile95()
    {
        var held = (int)Math.Min(_count, Kept);
        if (held == 0)
        {
            return TimeSpan.Zero;
        }

        var sorted = _ticks[..held];
        Array.Sort(sorted);
        return TimeSpan.FromTicks(sorted[(int)Math.Ceiling(0.95 * held) - 1]);
    }
}
