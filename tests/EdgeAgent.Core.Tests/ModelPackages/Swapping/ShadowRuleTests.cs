using EdgeAgent.Core.ModelPackages.Swapping;

namespace EdgeAgent.Core.Tests.ModelPackages.Swapping;

public sealed class ShadowRuleTests
{
    private static readonly ShadowLimits Limits = new(TimeSpan.FromMinutes(60), Windows: 60, MostDisagreement: 0.05, MostExtraAlarms: 0.01, MostLatency: 0.5);
    private static readonly WindowSaying Quiet = new(Above: false, Alarm: false);

    [Fact]
    public void Two_models_that_say_the_same_end_with_the_new_one_taken()
    {
        var tally = new ShadowTally(TimeSpan.FromSeconds(1));
        Add(tally, 90, Quiet, Quiet, ms: 3);
        Add(tally, 10, new WindowSaying(true, true), new WindowSaying(true, true), ms: 9);

        Assert.Null(ShadowRule.Fault(tally.Figures, Limits));
        Assert.Equal((100, 0.1, 0.1, 0.0), (tally.Figures.Windows, tally.Figures.ActiveAlarms, tally.Figures.CandidateAlarms, tally.Figures.Disagreement));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void It_may_stand_in_alarm_in_one_percent_more_of_the_windows_and_no_more(int alarms, bool taken)
    {
        var tally = new ShadowTally(TimeSpan.FromSeconds(1));
        Add(tally, 100 - alarms, Quiet, Quiet, ms: 3);
        Add(tally, alarms, Quiet, new WindowSaying(Above: false, Alarm: true), ms: 3);

        var fault = ShadowRule.Fault(tally.Figures, Limits);

        Assert.Equal(taken, fault is null);
        Assert.Contains(taken ? "" : "its alarm stood in 2% of 100 windows, that of the model in use in 0%", fault ?? "");
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void It_may_disagree_in_five_percent_of_the_windows_whichever_of_the_two_is_silent(int windows, bool taken)
    {
        foreach (var (active, candidate) in new[] { (true, false), (false, true) })
        {
            var tally = new ShadowTally(TimeSpan.FromSeconds(1));
            Add(tally, 100 - windows, Quiet, Quiet, ms: 3);
            Add(tally, windows, new WindowSaying(active, false), new WindowSaying(candidate, false), ms: 3);

            Assert.Equal(taken, ShadowRule.Fault(tally.Figures, Limits) is null);
        }
    }

    [Fact]
    public void Five_slow_windows_of_a_hundred_are_forgiven_and_six_are_not()
    {
        foreach (var (slow, taken) in new[] { (5, true), (6, false) })
        {
            var tally = new ShadowTally(TimeSpan.FromMilliseconds(100));
            Add(tally, slow, Quiet, Quiet, ms: 51);
            Add(tally, 100 - slow, Quiet, Quiet, ms: 50);

            Assert.Equal(taken, ShadowRule.Fault(tally.Figures, Limits) is null);
        }
    }

    [Fact]
    public void A_machine_that_stands_still_ends_no_comparison_and_no_time_at_all_needs_none()
    {
        Assert.False(ShadowRule.IsOver(TimeSpan.FromDays(1), windows: 59, Limits));
        Assert.True(ShadowRule.IsOver(TimeSpan.FromMinutes(60), windows: 60, Limits));
        Assert.False(ShadowRule.IsOver(TimeSpan.FromMinutes(59), windows: 6000, Limits));
        var none = Limits with { For = TimeSpan.Zero };
        Assert.True(ShadowRule.IsOver(TimeSpan.Zero, windows: 0, none));
        Assert.Null(ShadowRule.Fault(new ShadowFigures(10, 0, 1, 1, TimeSpan.FromHours(1), TimeSpan.FromSeconds(1)), none));
    }

    private static void Add(ShadowTally tally, int windows, WindowSaying active, WindowSaying candidate, double ms)
    {
        for (var i = 0; i < windows; i++)
        {
            tally.Add(active, candidate, TimeSpan.FromMilliseconds(ms));
        }
    }
}
