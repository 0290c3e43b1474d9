using EdgeAgent.Sensors.Csv;

namespace EdgeAgent.Tests.Sensors.Csv;

public sealed class CsvClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 10, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly CsvClock _clock = new(TimeSpan.FromSeconds(1));

    [Fact]
    public void Believable_steps_add_up()
    {
        Assert.Equal([0, 1, 3, 603], Seconds(0, 1, 3, 603));
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(-1e9)]
    [InlineData(1e9)]
    [InlineData(3601)]
    public void A_leap_counts_as_one_period_and_time_goes_on_from_there(double leap)
    {
        Seconds(0, 1);

        Assert.True(_clock.Advance(Noon.AddSeconds(1 + leap)));
        Assert.Equal(2, _clock.Monotonic.TotalSeconds);
        Assert.False(_clock.Advance(Noon.AddSeconds(2 + leap)));
        Assert.Equal(3, _clock.Monotonic.TotalSeconds);
    }

    [Fact]
    public void An_unreadable_time_counts_as_one_period_and_the_next_good_one_is_no_jump()
    {
        Seconds(0, 1);

        Assert.True(_clock.Advance(null));
        Assert.Equal(Noon.AddSeconds(2), _clock.At);
        Assert.False(_clock.Advance(Noon.AddSeconds(3)));
        Assert.Equal(3, _clock.Monotonic.TotalSeconds);
    }

    [Fact]
    public void Rows_faster_than_their_times_stay_in_step_with_them()
    {
        var fast = new CsvClock(TimeSpan.FromSeconds(0.25));
        var seconds = new[] { 0, 0, 0, 0, 1, 1, 1, 1, 2 }.Select(second =>
        {
            fast.Advance(Noon.AddSeconds(second));
            return fast.Monotonic.TotalSeconds;
        });

        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2], seconds);
    }

    [Fact]
    public void It_never_runs_backwards_whatever_the_file_says()
    {
        var random = new Random(5);
        var last = TimeSpan.FromSeconds(-1);
        for (var i = 0; i < 10_000; i++)
        {
            _clock.Advance(random.Next(10) == 0 ? null : Noon.AddSeconds(random.Next(-5000, 5000)));
            Assert.True(_clock.Monotonic > last);
            last = _clock.Monotonic;
        }
    }

    private List<double> Seconds(params double[] written) => [.. written.Select(second =>
    {
        Assert.False(_clock.Advance(Noon.AddSeconds(second)));
        return _clock.Monotonic.TotalSeconds;
    })];
}
