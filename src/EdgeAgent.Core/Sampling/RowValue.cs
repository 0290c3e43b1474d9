namespace EdgeAgent.Core.Sampling;

/// <summary>
/// Brings the readings of one channel, which come at a rate of their own, to one value per row:
/// <code>
///  readings   ·  · ·        ·                          ✕
///  rows     |      |      |      |      |      |      |      |
///  value     mean   mean  latest latest   NaN    NaN    NaN
///                         └─ while it is fresh ─┘      a fault
/// </code>
/// Not thread-safe.
/// </summary>
/// <param name="rule">What becomes of several readings within one row.</param>
/// <param name="freshFor">For so long a reading counts in rows after its own.</param>
public sealed class RowValue(RowRule rule, TimeSpan freshFor)
{
    private double _sum;
    private int _count;
    private double _latest = double.NaN;
    private TimeSpan _latestAt;

    /// <param name="value">One that is not finite forgets what was before, as <see cref="Fail"/> does.</param>
    /// <param name="at">When it was read, monotonic.</param>
    public void Add(double value, TimeSpan at)
    {
        if (!double.IsFinite(value))
        {
            Fail();
            return;
        }

        _sum += value;
        _count++;
        _latest = value;
        _latestAt = at;
    }

    /// <summary>The sensor gave no reading: what it gave before says nothing any more.</summary>
    public void Fail()
    {
        _latest = double.NaN;
        _sum = 0;
        _count = 0;
    }

    /// <summary>Ends a row.</summary>
    /// <param name="at">The row's time, on the clock of the readings.</param>
    /// <returns>NaN where there is no fresh reading.</returns>
    public float Take(TimeSpan at)
    {
        var value = _count > 0 && rule == RowRule.Mean ? _sum / _count
            : _count > 0 || at - _latestAt <= freshFor ? _latest
            : double.NaN;
        _sum = 0;
        _count = 0;
        return (float)value;
    }
}
