using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

/// <summary>Stamps in nanoseconds of a device that is asked for 26,667 samples per second.</summary>
public sealed class SampleTimelineTests
{
    private const double Nominal = 1e9 / 26_667;

    [Theory]
    [InlineData(1)]
    [InlineData(0.93)]
    [InlineData(1.06)]
    public void An_even_stream_loses_nothing_however_fast_the_chips_own_clock_is(double rate)
    {
        var timeline = new SampleTimeline(Nominal);
        timeline.Begin([]);

        Assert.Equal(0, Lost(timeline, 0, 100_000, n => (long)(n * Nominal / rate)));
        Assert.Equal(99_999, timeline.Number);
        Assert.Equal(Nominal / rate, timeline.Period, Nominal / 1000);
    }

    [Fact]
    public void The_first_stamps_say_the_period()
    {
        var timeline = new SampleTimeline(Nominal);
        timeline.Begin([0, 20_000, 40_000, 60_000, 400_000]);

        Assert.Equal(20_000, timeline.Period);
        Assert.Equal(0, Lost(timeline, 0, 1000, n => n * 20_000));
    }

    [Fact]
    public void Stamps_of_interrupts_that_were_late_are_no_loss()
    {
        var random = new Random(1);
        var timeline = new SampleTimeline(Nominal);
        timeline.Begin([]);

        Assert.Equal(0, Lost(timeline, 0, 100_000, n => (long)((n + (0.3 * random.NextDouble())) * Nominal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    [InlineData(100_000)]
    public void Samples_that_are_left_out_are_counted_to_the_last_one(int lost)
    {
        var timeline = new SampleTimeline(Nominal);
        timeline.Begin([]);
        Lost(timeline, 0, 5000, Stamp);

        Assert.Equal(lost, timeline.Add(Stamp(5000 + lost)));
        Assert.Equal(5000 + lost, timeline.Number);
        Assert.Equal(0, Lost(timeline, 5001 + lost, 5000, Stamp));

        static long Stamp(long n) => (long)(n * Nominal * 1.02);
    }

    [Fact]
    public void After_stamps_that_went_back_the_line_begins_anew()
    {
        var timeline = new SampleTimeline(Nominal);
        timeline.Begin([]);
        Lost(timeline, 0, 1000, n => (long)(n * Nominal));

        Assert.Equal(0, Lost(timeline, 1000, 1000, n => (long)((n - 500) * Nominal)));
        Assert.Equal(1999, timeline.Number);
    }

    [Fact]
    public void A_stream_that_begins_again_is_numbered_anew()
    {
        var timeline = new SampleTimeline(Nominal);
        timeline.Begin([]);
        Lost(timeline, 0, 10, n => (long)(n * Nominal));
        timeline.Begin([]);

        Assert.Equal(0, timeline.Add((long)(1000 * Nominal)));
        Assert.Equal(0, timeline.Number);
    }

    private static long Lost(SampleTimeline timeline, long first, int count, Func<long, long> stamp)
    {
        var lost = 0L;
        for (var n = first; n < first + count; n++)
        {
            lost += timeline.Add(stamp(n));
        }

        return lost;
    }
}
