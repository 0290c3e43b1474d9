using EdgeAgent.Core.Snapshots;

namespace EdgeAgent.Core.Tests.Snapshots;

public sealed class SnapshotWatchTests
{
    private readonly List<SnapshotRange> _ranges = [];
    private ReadingRing _ring = null!;
    private SnapshotWatch _watch = null!;

    [Fact]
    public void Readings_before_come_at_the_raise_and_all_of_them_when_the_time_after_it_has_passed()
    {
        Make(before: 5, after: 3);
        Read(0, 20);

        var before = _watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(19))!;
        Assert.Equal((14, 20, 20, SnapshotEnd.Pending), (before.From, before.Raise, before.To, before.After));
        Read(20, 22);
        Assert.Empty(_ranges);
        Read(22, 30);

        var all = Assert.Single(_ranges);
        Assert.Equal((14, 20, 23, SnapshotEnd.Complete), (all.From, all.Raise, all.To, all.After));
        Assert.Same(before.Raised, all.Raised);
    }

    [Fact]
    public void Alarms_soon_after_one_another_have_their_own_readings_each()
    {
        Make(before: 5, after: 3);
        Read(0, 10);
        _watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(9));
        Read(10, 12);
        _watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(11));
        Read(12, 20);

        Assert.Equal([(4, 13), (6, 15)], _ranges.Select(range => ((int)range.From, (int)range.To)));
    }

    [Fact]
    public void An_alarm_at_the_start_has_what_there_is_and_one_before_any_reading_has_none()
    {
        Make(before: 5, after: 3);
        Assert.Null(_watch.Raise(Readings.Raised(), TimeSpan.Zero));
        Read(0, 2);

        Assert.Equal(0, _watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(1))!.From);
    }

    [Fact]
    public void An_alarm_of_silence_has_the_last_readings_and_a_reading_after_the_pause_is_not_one_of_them()
    {
        Make(before: 5, after: 3);
        Read(0, 20);
        Assert.Equal((19, 20), Of(_watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(24))!));
        Read(100, 101);

        var all = Assert.Single(_ranges);
        Assert.Equal((19, 20), Of(all));
        Assert.Equal(SnapshotEnd.Complete, all.After);

        static (int From, int To) Of(SnapshotRange range) => ((int)range.From, (int)range.To);
    }

    [Fact]
    public void Readings_that_come_faster_than_memory_allows_cut_the_span_and_never_run_over_it()
    {
        Make(before: 10, after: 10, bytes: 200 * ReadingRing.BytesPerReading(2), rateHz: 100);
        var second = 0.0;
        for (var number = 0; number < 1000; number++, second += 0.01)
        {
            Read(Readings.Frame(number, second: second));
        }

        var before = _watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(second))!;
        for (var number = 1000; number < 1200; number++, second += 0.01)
        {
            Read(Readings.Frame(number, second: second));
        }

        var all = Assert.Single(_ranges);
        Assert.Equal(SnapshotEnd.Cut, all.After);
        Assert.Equal(before.From, all.From);
        Assert.True(all.To - all.From < _ring.Capacity && all.To - all.Raise > 20, $"{all}");
    }

    [Fact]
    public void The_end_of_the_readings_cuts_what_is_open()
    {
        Make(before: 5, after: 30);
        Read(0, 10);
        _watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(9));
        Read(10, 15);

        var cut = Assert.Single(_watch.End());
        Assert.Equal((4, 15, SnapshotEnd.Cut), (cut.From, cut.To, cut.After));
        Assert.Empty(_watch.End());
    }

    [Fact]
    public void More_alarms_at_once_than_can_be_followed_have_none_and_later_ones_have_theirs()
    {
        Make(before: 5, after: 3);
        Read(0, 10);
        Assert.All(Enumerable.Range(0, SnapshotWatch.MostOpen), _ => Assert.NotNull(_watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(9))));
        Assert.Null(_watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(9)));
        Read(10, 20);

        Assert.Equal(SnapshotWatch.MostOpen, _ranges.Count);
        Assert.NotNull(_watch.Raise(Readings.Raised(), TimeSpan.FromSeconds(19)));
    }

    private void Make(double before, double after, long bytes = 1 << 20, double rateHz = 1)
    {
        var span = SnapshotSpan.Within(TimeSpan.FromSeconds(before), TimeSpan.FromSeconds(after), rateHz, 2, bytes);
        _ring = new ReadingRing(span.Capacity, 2);
        _watch = new SnapshotWatch(_ring, span);
    }

    private void Read(int from, int to)
    {
        for (var number = from; number < to; number++)
        {
            Read(Readings.Frame(number));
        }
    }

    private void Read(EdgeAgent.Core.Signals.SensorFrame frame) => _ranges.AddRange(_watch.Add(frame));
}
