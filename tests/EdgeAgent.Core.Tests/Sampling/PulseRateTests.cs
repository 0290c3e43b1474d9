using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class PulseRateTests
{
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(2);

    private readonly PulseRate _rate = new(Still);
    private readonly List<TimeSpan> _pulses = [];
    private TimeSpan _asked;

    [Theory]
    [InlineData(0.7)]
    [InlineData(24.7)]
    [InlineData(1733)]
    [InlineData(26_700)]
    public void A_steady_rate_is_found_whenever_it_is_asked_for(double hertz)
    {
        var random = new Random(7);
        Pulse(from: 0, until: 20, hertz);
        Ask(2.9);

        for (var at = 3.0; at < 20; at += 0.01 + random.NextDouble())
        {
            // Times are in steps of 100 ns.
            Assert.Equal(hertz, Ask(at), hertz * 1e-3);
        }
    }

    [Fact]
    public void Nobody_knows_a_rate_before_the_second_pulse()
    {
        Assert.Equal(double.NaN, Ask(0.1));
        _pulses.Add(TimeSpan.FromSeconds(0.5));
        Assert.Equal(double.NaN, Ask(1));
        _pulses.Add(TimeSpan.FromSeconds(1.5));

        Assert.Equal(1, Ask(1.6));
    }

    [Fact]
    public void A_shaft_that_stops_is_no_faster_than_its_next_pulse_is_late_and_then_still()
    {
        Pulse(from: 0, until: 1, hertz: 10);
        Ask(0.5);

        Assert.Equal(10, Ask(1), 1e-3);
        Assert.Equal(1 / 0.15, Ask(1.05), 1e-3);
        Assert.Equal(1 / 1.1, Ask(2), 1e-3);
        Assert.Equal(0, Ask(3));
        Assert.Equal(0, Ask(60));
    }

    [Fact]
    public void A_line_without_any_pulse_stands_still_after_the_time_for_it()
    {
        Assert.Equal(double.NaN, Ask(0));
        Assert.Equal(double.NaN, Ask(1.9));
        Assert.Equal(0, Ask(2));
    }

    [Fact]
    public void The_first_pulses_after_a_standstill_are_not_spread_over_it()
    {
        Ask(0);
        Ask(10);
        Pulse(from: 10.5, until: 11, hertz: 100);

        Assert.Equal(100, Ask(11), 1e-3);
    }

    [Fact]
    public void One_pulse_after_a_standstill_is_none_yet()
    {
        Ask(0);
        Ask(10);
        _pulses.Add(TimeSpan.FromSeconds(10.5));

        Assert.Equal(0, Ask(11));
    }

    [Fact]
    public void Pulses_that_nobody_had_room_for_count()
    {
        _rate.Follow(new EdgeReport(1, At(0), At(0), 0, At(0)));

        // 5000 came in a second; the kernel kept the times of the last thousand.
        Assert.Equal(5000, _rate.Follow(new EdgeReport(5000, At(0.8), At(1), 999, At(1))));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Pulse(double from, double until, double hertz)
    {
        for (var i = 0; from + (i / hertz) < until; i++)
        {
            _pulses.Add(At(from + (i / hertz)));
        }
    }

    private double Ask(double seconds)
    {
        var now = At(seconds);
        var before = _asked;
        _asked = now;
        TimeSpan[] came = [.. _pulses.Where(pulse => pulse > before && pulse <= now)];
        return _rate.Follow(came.Length == 0 ? new EdgeReport(0, default, default, 0, now) : new EdgeReport(came.Length, came[0], came[^1], came.Length - 1, now));
    }
}
