using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class JitterHistogramTests
{
    [Fact]
    public void Each_delay_is_counted_in_the_first_step_that_holds_it()
    {
        var jitter = new JitterHistogram();
        foreach (var microseconds in new[] { -5, 0, 10, 11, 500, 501, 100_000, 100_001 })
        {
            jitter.Record(TimeSpan.FromMicroseconds(microseconds));
        }

        Assert.Equal([3, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1], jitter.Counts());
        Assert.Equal(TimeSpan.FromMicroseconds(100_001), jitter.Most);
    }

    [Fact]
    public void A_share_is_found_by_counting_from_the_earliest()
    {
        var jitter = new JitterHistogram();
        for (var i = 0; i < 99; i++)
        {
            jitter.Record(TimeSpan.FromMicroseconds(40));
        }

        jitter.Record(TimeSpan.FromMicroseconds(7000));

        Assert.Equal(50, jitter.WithinMicroseconds(0.99));
        Assert.Equal(10_000, jitter.WithinMicroseconds(1));
    }

    [Fact]
    public void Without_deadlines_there_is_no_share() => Assert.Null(new JitterHistogram().WithinMicroseconds(0.5));
}
