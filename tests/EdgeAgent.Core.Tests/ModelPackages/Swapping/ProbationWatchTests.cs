using EdgeAgent.Core.ModelPackages.Swapping;

namespace EdgeAgent.Core.Tests.ModelPackages.Swapping;

public sealed class ProbationWatchTests
{
    private static readonly TimeSpan Hop = TimeSpan.FromSeconds(1);
    private readonly ProbationWatch _watch = new(new ProbationLimits(TimeSpan.FromMinutes(60), AlarmsPerHour: 3), Hop);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_score_that_is_no_number_breaks_the_rule(float score) => Assert.Contains("no number", ProbationWatch.FaultOf(score));

    [Fact]
    public void Any_number_is_a_score() => Assert.All([0f, -1, float.MaxValue], score => Assert.Null(ProbationWatch.FaultOf(score)));

    [Fact]
    public void Three_slow_windows_in_a_row_break_the_rule_and_two_or_readings_without_a_window_do_not()
    {
        var slow = Hop + TimeSpan.FromTicks(1);
        Assert.Null(_watch.Follow(Second(0), slow, raised: false));
        Assert.Null(_watch.Follow(Second(1), slow, raised: false));
        Assert.Null(_watch.Follow(Second(2), Hop, raised: false));
        Assert.Null(_watch.Follow(Second(3), slow, raised: false));
        Assert.Null(_watch.Follow(Second(4), slow, raised: false));
        Assert.Null(_watch.Follow(Second(5), took: null, raised: false));
        Assert.Contains("3 windows in a row", _watch.Follow(Second(6), slow, raised: false));
    }

    [Fact]
    public void More_alarms_within_an_hour_than_allowed_are_a_storm_and_the_same_over_two_hours_are_not()
    {
        foreach (var minute in new[] { 0, 20, 40, 61, 81, 101 })
        {
            Assert.Null(_watch.Follow(TimeSpan.FromMinutes(minute), Hop, raised: true));
        }

        Assert.Contains("4 alarms within an hour; allowed: 3", _watch.Follow(TimeSpan.FromMinutes(102), Hop, raised: true));
    }

    [Fact]
    public void Its_time_begins_with_its_first_reading()
    {
        _watch.Follow(Second(1000), Hop, raised: false);
        Assert.Equal((false, false), (_watch.IsSteady, _watch.IsOver));
        _watch.Follow(Second(1060), Hop, raised: false);
        Assert.Equal((true, false), (_watch.IsSteady, _watch.IsOver));
        _watch.Follow(Second(4600), Hop, raised: false);
        Assert.True(_watch.IsOver);
    }

    [Fact]
    public void Three_starts_that_did_not_become_steady_give_a_model_up() =>
        Assert.Equal([false, false, false, true, true], Enumerable.Range(0, 5).Select(BootRule.GivesUp));

    private static TimeSpan Second(int second) => TimeSpan.FromSeconds(second);
}
