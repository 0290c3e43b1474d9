namespace EdgeAgent.Core.Signals;

/// <summary>
/// Tells whether readings come at the rate that the model was made for: the median interval of each block of readings against
/// the nominal one. The median, because lost readings leave a gap and do not change the rate of the others.
/// </summary>
public sealed class RateWatch
{
    private const double Tolerance = 0.2;
    private const int FewestIntervals = 60;
    private const int MostIntervals = 4096;

    private readonly double _nominalSeconds;
    private readonly double[] _intervals;
    private int _count;
    private TimeSpan? _last;

    public RateWatch(double nominalHz)
    {
        _nominalSeconds = 1 / nominalHz;
        _intervals = new double[(int)Math.Clamp(nominalHz, FewestIntervals, MostIntervals)];
    }

    /// <summary>True while the latest whole block was too fast or too slow.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>The rate of the latest whole block, Hz.</summary>
    public double FoundHz { get; private set; }

    /// <param name="now">When the reading was taken, monotonic.</param>
    /// <returns>True when <see cref="IsWrong"/> changed.</returns>
    public bool Update(TimeSpan now)
    {
        if (_last is { } last)
        {
            _intervals[_count++] = (now - last).TotalSeconds;
        }

        _last = now;
        if (_count < _intervals.Length)
        {
            return false;
        }

        _count = 0;
        Array.Sort(_intervals);
        var median = _intervals[_intervals.Length / 2];
        FoundHz = 1 / Math.Max(median, 1e-9);
        var wrong = Math.Abs(median - _nominalSeconds) > Tolerance * _nominalSeconds;
        var changed = wrong != IsWrong;
        IsWrong = wrong;
        return changed;
    }
}
