using EdgeAgent.Sensors.Hardware.Iio;

namespace EdgeAgent.Tests.Sensors.Hardware.Iio;

public sealed class StampClockTests
{
    private const long Second = 1_000_000_000;
    private readonly AheadTime _time = new();

    [Theory]
    [InlineData("monotonic")]
    [InlineData("boottime")]
    [InlineData("monotonic_raw")]
    [InlineData("realtime")]
    public void A_second_on_the_drivers_clock_is_a_second_on_the_agents(string name)
    {
        var clock = StampClock.Of(name, _time)!;
        Assert.True(clock.Follow());

        Assert.Equal(_time.TimestampFrequency, clock.ToTimestamp(5 * Second) - clock.ToTimestamp(4 * Second));
    }

    [Fact]
    public void A_stamp_of_the_monotonic_clock_is_the_agents_own_time()
    {
        var clock = StampClock.Of("monotonic", _time)!;
        var now = FakeIioDevice.Now();

        Assert.InRange(clock.ToTimestamp(now) - now, -Second / 1000, Second / 1000);
    }

    [Fact]
    public void A_clock_that_was_set_is_told_once_and_followed_from_then_on()
    {
        var clock = StampClock.Of("monotonic", _time)!;
        Assert.True(clock.Follow());
        _time.Move(TimeSpan.FromSeconds(1));

        Assert.False(clock.Follow());
        Assert.True(clock.Follow());
        var now = FakeIioDevice.Now();
        Assert.InRange(clock.ToTimestamp(now) - now, Second - (Second / 1000), Second + (Second / 1000));
    }

    [Fact]
    public void A_clock_that_nobody_knows_is_none() => Assert.Null(StampClock.Of("sundial", _time));
}
