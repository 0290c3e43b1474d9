using EdgeAgent.Core.Detection;

namespace EdgeAgent.Core.Tests.Detection;

public sealed class DriftWatchTests : IDisposable
{
    private static readonly float[] Present = [1, 1];

    private readonly LeveledScorer _scorer = new(2);
    private readonly List<DriftChange> _changes = [];
    private DriftWatch _watch = New();
    private TimeSpan _now;

    public void Dispose() => _scorer.Dispose();

    [Fact]
    public void A_level_beyond_the_limit_for_long_enough_is_told_once_with_its_numbers()
    {
        _scorer.Levels[1] = 30;

        Pass(minutes: 9);
        Assert.Empty(_changes);
        Pass(minutes: 200);

        Assert.Equal([new DriftChange(DriftEvent.Began, 7, 1, "load", 30, 10, 10, Settled: false)], _changes);
    }

    [Fact]
    public void A_level_that_comes_back_in_time_is_not_told()
    {
        for (var i = 0; i < 5; i++)
        {
            _scorer.Levels[0] = 40;
            Pass(minutes: 9);
            _scorer.Levels[0] = 10;
            Pass(minutes: 1);
        }

        Assert.Empty(_changes);
    }

    [Fact]
    public void A_drift_ends_below_half_the_limit_and_not_before()
    {
        _scorer.Levels[0] = -20;
        Pass(minutes: 15);
        _scorer.Levels[0] = 10 - (2 * 4.5f);
        Pass(minutes: 15);
        Assert.Single(_changes);
        _scorer.Levels[0] = 10 - (2 * 3.5f);
        Pass(minutes: 15);

        Assert.Equal([DriftEvent.Began, DriftEvent.Ended], _changes.Select(change => change.Event));
        Assert.Equal(-15, _changes[0].DeviationSigma);
    }

    [Fact]
    public void While_an_alarm_stands_no_time_passes_and_afterwards_it_begins_anew()
    {
        _scorer.Levels[0] = 30;
        Pass(minutes: 9);
        Pass(minutes: 60, alarm: true);
        Pass(minutes: 9);
        Assert.Empty(_changes);
        Pass(minutes: 2);

        Assert.Single(_changes);
    }

    [Fact]
    public void A_pause_between_two_windows_counts_for_nothing()
    {
        _scorer.Levels[0] = 30;
        Pass(minutes: 5);
        _now += TimeSpan.FromDays(3);
        Pass(minutes: 4);

        Assert.Empty(_changes);
    }

    [Fact]
    public void An_alarm_that_settled_at_a_new_level_is_drift_at_once_even_below_the_limit()
    {
        Pass(minutes: 1, alarm: true);
        _watch.Settle([1, 0]);
        _scorer.Levels[0] = 16;
        Pass(minutes: 1);

        Assert.Equal([new DriftChange(DriftEvent.Began, 3, 0, "load", 16, 10, 3, Settled: true)], _changes);
        _scorer.Levels[0] = 12;
        Pass(minutes: 1);
        Assert.Equal(DriftEvent.Ended, _changes[1].Event);
        Assert.True(_changes[1].Settled);
    }

    [Fact]
    public void A_very_long_drift_without_an_alarm_is_accepted_and_an_alarm_in_between_starts_the_wait_again()
    {
        _scorer.Levels[0] = 30;
        Pass(minutes: 10 + (24 * 60) - 5);
        Pass(minutes: 1, alarm: true);
        Pass(minutes: (24 * 60) - 5);
        Assert.Single(_changes);
        Pass(minutes: 10);

        Assert.Equal([DriftEvent.Began, DriftEvent.Accepted], _changes.Select(change => change.Event));
    }

    [Fact]
    public void Without_a_time_limit_nothing_is_ever_accepted()
    {
        _watch = New(acceptAfter: null);
        _scorer.Levels[0] = 30;
        Pass(minutes: 30 * 24 * 60);

        Assert.Equal([DriftEvent.Began], _changes.Select(change => change.Event));
    }

    [Fact]
    public void A_channel_that_is_absent_or_gives_no_number_neither_begins_nor_ends_a_drift()
    {
        _scorer.Levels[0] = 30;
        Pass(minutes: 15);
        _scorer.Levels[0] = float.NaN;
        _scorer.Levels[1] = 30;
        for (var i = 0; i < 60; i++)
        {
            _watch.Update(_scorer, [1, 0], alarm: false, _now += TimeSpan.FromMinutes(1), _changes);
        }

        Assert.Single(_changes);
    }

    [Fact]
    public void After_a_restart_it_is_not_told_again_and_the_wait_goes_on()
    {
        _scorer.Levels[0] = 30;
        Pass(minutes: 10 + (23 * 60));
        var kept = _watch.Capture();
        _watch = New();
        _watch.Restore(kept);
        _now = TimeSpan.Zero;
        Pass(minutes: 70);

        Assert.Equal([DriftEvent.Began, DriftEvent.Accepted], _changes.Select(change => change.Event));
    }

    private static DriftWatch New() => New(TimeSpan.FromHours(24));

    private static DriftWatch New(TimeSpan? acceptAfter) => new(new DriftLimits(8, TimeSpan.FromMinutes(10), acceptAfter), [3, 7], "load");

    private void Pass(int minutes, bool alarm = false)
    {
        for (var i = 0; i < minutes; i++)
        {
            _watch.Update(_scorer, Present, alarm, _now += TimeSpan.FromMinutes(1), _changes);
        }
    }
}
