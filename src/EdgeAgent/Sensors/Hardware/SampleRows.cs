using System.Threading.Channels;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Core.Signals;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>
/// Makes the rows of one sensor's samples: a row for each, or for the mean of a few, with the samples' own time. A row that cannot be made
/// whole is there without the sensor's values, so that no window closes over a gap:
/// <code>
///  samples   0 1 2 3 4 5 . 7 8 9   unplugged   0 1 2 3
///  rows       A   B   C   -   D   -   -   -   - A   B
/// </code>
/// Channels of other sensors hold what they hold at the moment at which the block of samples is fetched.
/// </summary>
/// <param name="plan">Of the sensor.</param>
/// <param name="time">The wall clock.</param>
internal sealed class SampleRows(
    SampleFeed feed, SensorPlan plan, double rateHz, int channels, IReadOnlyList<SensorReader> readers, DeadlineClock clock, ChannelWriter<SensorFrame> rows, TimeProvider time)
    : IRowMaker
{
    /// <summary>A longer gap is not filled up: a window begins anew after it.</summary>
    private static readonly TimeSpan LongestFilled = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _period = TimeSpan.FromSeconds(1 / rateHz);
    private readonly SensorReader _reader = readers[feed.Sensor];
    private readonly IReadOnlyList<SensorReader> _others = [.. readers.Where((_, i) => i != feed.Sensor)];

    // The row under way, by its number since the stream began.
    private readonly double[] _sums = new double[plan.Channels.Length];
    private long _row;
    private int _samples;
    private TimeSpan _first;
    private bool _begins;

    private TimeSpan? _latest;
    private DateTimeOffset _wallAtStart;
    private long _made;
    private long _missed;
    private long _dropped;

    public long Made => Volatile.Read(ref _made);

    public long Missed => Volatile.Read(ref _missed);

    public long Dropped => Volatile.Read(ref _dropped);

    public JitterHistogram Jitter { get; } = new();

    public void Run()
    {
        var schedule = new SampleSchedule(1 / plan.Every.TotalSeconds, clock.NextMultipleOf(plan.Every));
        while (clock.Wait(schedule.Due))
        {
            Jitter.Record(clock.Now - schedule.Due);
            _wallAtStart = time.GetUtcNow() - clock.Now;

            // Asked first: what came before the fault is in the ring already.
            var fails = _reader.Reports.Fault is not null;
            TakeSamples();
            if (fails)
            {
                FillUntil(clock.Now - plan.Every);
            }

            foreach (var reader in readers)
            {
                reader.NoticeSilence(clock.Now);
            }

            schedule.Next(clock.Now);
        }
    }

    private void TakeSamples()
    {
        Span<double> values = stackalloc double[_sums.Length];
        while (feed.Ring.TryTake(out var number, out var at, values))
        {
            Add(number, clock.At(at), values);
        }
    }

    private void Add(long number, TimeSpan at, ReadOnlySpan<double> values)
    {
        var row = number / feed.SamplesPerRow;
        if (number == 0)
        {
            Begin(at);
        }

        _begins &= at <= _latest;
        if (_begins)
        {
            // Its time has been told already, as one without a reading.
            _row = row + 1;
        }

        if (row < _row)
        {
            return;
        }

        if (row > _row)
        {
            MakeEmpty(row - _row, at);
            Clear();
            _row = row;
        }

        _first = _samples == 0 ? at : _first;
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += values[i];
        }

        if (++_samples == feed.SamplesPerRow)
        {
            Make(_first + ((at - _first) / 2), whole: true);
            Clear();
            _row++;
        }
    }

    /// <summary>A stream begins: how many rows are missing before it, only the time says.</summary>
    private void Begin(TimeSpan at)
    {
        Clear();
        _row = 0;
        _begins = true;
        if (_latest is { } latest)
        {
            MakeEmpty((long)Math.Round((at - latest) / _period) - 1, at);
        }
    }

    private void FillUntil(TimeSpan now)
    {
        var latest = _latest ??= now;
        var count = (long)((now - latest) / _period);
        MakeEmpty(count, latest + ((count + 1) * _period));
    }

    /// <summary>Rows without the sensor's values, the last of them a period before <paramref name="before"/>.</summary>
    private void MakeEmpty(long count, TimeSpan before)
    {
        var filled = Math.Min(count, (long)(LongestFilled / _period));
        for (var left = filled; left > 0; left--)
        {
            Make(before - (left * _period), whole: false);
        }

        Volatile.Write(ref _missed, _missed + Math.Max(0, count - filled));
    }

    private void Make(TimeSpan at, bool whole)
    {
        at = at > _latest || _latest is null ? at : _latest.Value + TimeSpan.FromTicks(1);
        _latest = at;
        var row = new float[channels];
        Array.Fill(row, float.NaN);
        for (var i = 0; i < _sums.Length && whole; i++)
        {
            row[plan.Channels[i]] = (float)((_sums[i] / feed.SamplesPerRow * plan.Scale[i]) + plan.Offset[i]);
        }

        foreach (var reader in _others)
        {
            reader.Cells.Take(at, row);
        }

        if (rows.TryWrite(new SensorFrame(_made, _wallAtStart + at, at, row)))
        {
            Volatile.Write(ref _made, _made + 1);
        }
        else
        {
            Volatile.Write(ref _dropped, _dropped + 1);
        }
    }

    private void Clear()
    {
        Array.Clear(_sums);
        _samples = 0;
    }
}
