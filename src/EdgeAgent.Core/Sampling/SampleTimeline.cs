namespace EdgeAgent.Core.Sampling;

/// <summary>
/// Counts the samples of an even stream by their time stamps, and with them those that never came: a stamp that is late by whole periods
/// against the line that the stamps before it make. The line follows the device's own clock, whose rate is never quite the nominal
/// one, and forgives an interrupt that was late by less than three quarters of a period. Not thread-safe; adding allocates nothing.
/// </summary>
/// <param name="nominalPeriod">In the unit of the stamps.</param>
public sealed class SampleTimeline(double nominalPeriod)
{
    // A loop of second order with a damping near 1: the line is pulled by a tenth of each error, its slope by a four-hundredth.
    private const double Pull = 0.1;
    private const double Learn = 0.0025;
    private const double Forgiven = 0.75;

    private readonly double _nominalPeriod = nominalPeriod;
    private long _at;

    /// <summary>How far the line is ahead of the latest stamp.</summary>
    private double _ahead;

    /// <summary>Of the latest sample, from 0 at the beginning of the stream; it jumps over those that are missing.</summary>
    public long Number { get; private set; } = -1;

    /// <summary>As the stamps have it.</summary>
    public double Period { get; private set; } = nominalPeriod;

    /// <summary>A stream begins, for the first time or again.</summary>
    /// <param name="stamps">Those of its first samples, of which the middle interval is where the period starts from; none where there are no stamps.</param>
    public void Begin(ReadOnlySpan<long> stamps)
    {
        Number = -1;
        Period = _nominalPeriod;
        if (stamps.Length < 3)
        {
            return;
        }

        var intervals = new long[stamps.Length - 1];
        for (var i = 0; i < intervals.Length; i++)
        {
            intervals[i] = stamps[i + 1] - stamps[i];
        }

        Array.Sort(intervals);
        var middle = intervals[intervals.Length / 2];
        Period = middle > 0 ? middle : _nominalPeriod;
    }

    /// <summary>The next sample that came.</summary>
    /// <returns>How many are missing before it.</returns>
    public long Add(long at)
    {
        var error = at - _at - _ahead - Period;
        var missing = Number < 0 ? 0 : Math.Max(0, (long)Math.Floor((error / Period) + 1 - Forgiven));
        error -= missing * Period;
        Number += 1 + missing;
        if (Number == 0 || error < -Forgiven * Period)
        {
            // The first, or stamps that went back: the line begins anew here.
            error = 0;
        }

        _at = at;
        _ahead = -error * (1 - Pull);
        Period += Learn * error;
        return missing;
    }

    /// <summary>A sample whose own time nobody knows; it follows the one before.</summary>
    /// <param name="missing">Known to be missing before it.</param>
    /// <returns>The same.</returns>
    public long Follow(long at, long missing)
    {
        Number += 1 + missing;
        _at = at;
        _ahead = 0;
        return missing;
    }
}
