using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Tests.Signals;

public sealed class HealthGateTests
{
    private static readonly HealthDelays Delays = new(RaiseAfter: TimeSpan.FromSeconds(3), ClearAfter: TimeSpan.FromSeconds(5));

    private static readonly TimeSpan MaxGap = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_single_missing_reading_is_judged_at_once_but_raises_no_alarm()
    {
        var gate = Gate(new HealthLimits(null, null, null));

        Assert.Empty(gate.Inspect(Frame(0, 1f)));
        Assert.Empty(gate.Inspect(Frame(1, float.NaN)));

        Assert.Equal(ChannelHealth.Missing, gate.Verdicts[0]);
        Assert.Empty(gate.Inspect(Frame(2, 1f)));
        Assert.Equal(ChannelHealth.Ok, gate.Worst);
    }

    [Fact]
    public void Readings_missing_for_the_on_delay_raise_one_alarm_that_clears_after_the_off_delay()
    {
        var gate = Gate(new HealthLimits(null, null, null));
        var changes = new List<(int Second, HealthChange Change)>();
        for (var second = 0; second < 30; second++)
        {
            var value = second is >= 10 and < 17 ? float.NaN : second;
            changes.AddRange(gate.Inspect(Frame(second, value)).Select(change => (second, change)));
        }

        Assert.Equal(2, changes.Count);
        Assert.Equal((13, true, ChannelHealth.Missing), (changes[0].Second, changes[0].Change.Active, changes[0].Change.Verdict));
        Assert.Equal((22, false, ChannelHealth.Missing), (changes[1].Second, changes[1].Change.Active, changes[1].Change.Verdict));
    }

    [Theory]
    [InlineData(-0.1f, ChannelHealth.OutOfRange)]
    [InlineData(0f, ChannelHealth.Ok)]
    [InlineData(10f, ChannelHealth.Ok)]
    [InlineData(10.1f, ChannelHealth.OutOfRange)]
    [InlineData(float.PositiveInfinity, ChannelHealth.Missing)]
    public void A_reading_is_held_against_its_plausible_range(float value, ChannelHealth expected)
    {
        var gate = Gate(new HealthLimits(0, 10, null));

        gate.Inspect(Frame(0, value));

        Assert.Equal(expected, gate.Verdicts[0]);
    }

    [Fact]
    public void A_value_that_does_not_move_is_stuck_after_its_time_and_alarms_without_a_further_delay()
    {
        var gate = Gate(new HealthLimits(null, null, StuckAfter: TimeSpan.FromSeconds(10), SmallestChange: 0.01f));
        var raised = -1;
        for (var second = 0; second <= 10; second++)
        {
            raised = gate.Inspect(Frame(second, 5f + (0.0005f * second))).Count > 0 ? second : raised;
        }

        Assert.Equal(10, raised);
        Assert.Equal(ChannelHealth.Stuck, gate.Verdicts[0]);
        gate.Inspect(Frame(11, 6f));
        Assert.Equal(ChannelHealth.Ok, gate.Verdicts[0]);
    }

    [Fact]
    public void A_gap_in_the_readings_is_not_time_in_which_the_sensor_stood_still()
    {
        var gate = Gate(new HealthLimits(null, null, StuckAfter: TimeSpan.FromSeconds(10)));
        int[] seconds = [0, 1, 2, 200, 201, 202];

        Assert.All(seconds, second => Assert.Empty(gate.Inspect(Frame(second, 5f))));
    }

    [Fact]
    public void A_standing_alarm_whose_verdict_changes_is_updated_not_raised_again()
    {
        var gate = Gate(new HealthLimits(0, 10, null));
        var changes = new List<HealthChange>();
        for (var second = 0; second < 12; second++)
        {
            changes.AddRange(gate.Inspect(Frame(second, second < 6 ? float.NaN : 99)));
        }

        Assert.Equal([false, true], changes.Select(change => change.IsUpdate));
        Assert.Equal([ChannelHealth.Missing, ChannelHealth.OutOfRange], changes.Select(change => change.Verdict));
    }

    [Fact]
    public void A_silent_source_makes_every_channel_stale_once()
    {
        var limits = new HealthLimits(null, null, null);
        var gate = new HealthGate([limits, limits], Delays, MaxGap);
        gate.Inspect(new SensorFrame(0, default, TimeSpan.Zero, [1, 2]));

        Assert.Equal(2, gate.Silence(TimeSpan.FromSeconds(10)).Count);
        Assert.Empty(gate.Silence(TimeSpan.FromSeconds(20)));
        Assert.Equal(ChannelHealth.Stale, gate.Worst);
    }

    private static HealthGate Gate(HealthLimits limits) => new([limits], Delays, MaxGap);

    private static SensorFrame Frame(int second, float value) => new(second, default, TimeSpan.FromSeconds(second), [value]);
}
