using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Core.Tests.Alarms;

public sealed class MachineAlarmTests
{
    private static readonly AlarmLimits Limits =
        new(ClearBelow: 0.5, OnDelay: TimeSpan.FromSeconds(3), OffDelay: TimeSpan.FromSeconds(4), CriticalAbove: 2);

    [Fact]
    public void A_score_above_the_threshold_for_the_on_delay_raises_once()
    {
        var changes = Run([0, 2, 1.5, 1.5, 1.5, 1.5, 1.5]);

        Assert.Equal([(4, AlarmEvent.Raised)], changes);
    }

    [Fact]
    public void A_dip_below_the_threshold_starts_the_on_delay_again()
    {
        var changes = Run([1.5, 1.5, 1.5, 0.9, 1.5, 1.5, 1.5]);

        Assert.Empty(changes);
    }

    [Fact]
    public void It_clears_only_after_the_off_delay_below_the_clearing_level()
    {
        var changes = Run([1.5, 1.5, 1.5, 1.5, 0.7, 0.7, 0.7, 0.7, 0.7, 0.4, 0.4, 0.6, 0.4, 0.4, 0.4, 0.4, 0.4]);

        Assert.Equal([(3, AlarmEvent.Raised), (16, AlarmEvent.Cleared)], changes);
    }

    [Fact]
    public void A_warning_that_grows_critical_is_updated_once_and_never_downgraded()
    {
        var changes = Run([1.5, 1.5, 1.5, 1.5, 2.5, 1.5, 2.5]);

        Assert.Equal([(3, AlarmEvent.Raised), (4, AlarmEvent.Updated)], changes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_end_says_whether_the_machine_settled_at_a_new_level(bool settled)
    {
        var alarm = new MachineAlarm(Limits);
        AlarmChange? last = null;
        for (var second = 0; second < 12; second++)
        {
            last = alarm.Update(second < 5 ? 1.5 : 0.1, threshold: 1, settled, TimeSpan.FromSeconds(second)) ?? last;
        }

        Assert.Equal((AlarmEvent.Cleared, settled), (last!.Value.Event, last.Value.Settled));
    }

    [Fact]
    public void A_delay_that_was_interrupted_begins_anew()
    {
        var alarm = new MachineAlarm(Limits);
        for (var second = 0; second < 3; second++)
        {
            alarm.Update(1.5, threshold: 1, settled: false, TimeSpan.FromSeconds(second));
        }

        alarm.Interrupt();

        Assert.Null(alarm.Update(1.5, threshold: 1, settled: false, TimeSpan.FromSeconds(100)));
        Assert.False(alarm.IsActive);
    }

    [Fact]
    public void A_score_that_is_no_number_changes_nothing()
    {
        var changes = Run([1.5, double.NaN, 1.5, 1.5, double.NaN, 0.1, double.NaN, 0.1, 0.1, 0.1]);

        Assert.Equal([(3, AlarmEvent.Raised), (9, AlarmEvent.Cleared)], changes);
    }

    private static List<(int Second, AlarmEvent Event)> Run(double[] scores)
    {
        var alarm = new MachineAlarm(Limits);
        return [.. scores.Select((score, second) => (second, change: alarm.Update(score, threshold: 1, settled: false, TimeSpan.FromSeconds(second))))
            .Where(step => step.change is not null)
            .Select(step => (step.second, step.change!.Value.Event))];
    }
}
