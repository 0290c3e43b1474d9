using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class RetryPauseTests
{
    [Fact]
    public void Pauses_double_from_the_sensors_own_period_to_ten_seconds()
    {
        var pause = new RetryPause(TimeSpan.FromSeconds(1));

        Assert.Equal([1, 2, 4, 8, 10, 10], Enumerable.Range(0, 6).Select(_ => pause.Next().TotalSeconds));
    }

    [Fact]
    public void A_slow_sensor_is_asked_at_its_own_period() =>
        Assert.Equal([60, 60], new RetryPause(TimeSpan.FromSeconds(60)) is var pause ? new[] { pause.Next().TotalSeconds, pause.Next().TotalSeconds } : []);

    [Fact]
    public void A_good_reading_begins_the_pauses_anew()
    {
        var pause = new RetryPause(TimeSpan.FromSeconds(1));
        pause.Next();
        pause.Next();

        pause.Reset();

        Assert.Equal(1, pause.Next().TotalSeconds);
    }
}
