using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Core.Tests.Sampling;

public sealed class FaultEpisodeTests
{
    private readonly FaultEpisode _episode = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void Each_kind_of_fault_is_told_once()
    {
        Assert.True(_episode.Fail(ReadFaultKind.NoAnswer, At(0)));
        Assert.False(_episode.Fail(ReadFaultKind.NoAnswer, At(1)));
        Assert.True(_episode.Fail(ReadFaultKind.Absent, At(2)));
        Assert.False(_episode.Fail(ReadFaultKind.NoAnswer, At(3)));
        Assert.Equal(4, _episode.Failures);
    }

    [Fact]
    public void It_ends_when_readings_were_good_for_a_while_and_lasted_until_the_first_of_them()
    {
        _episode.Fail(ReadFaultKind.NoAnswer, At(0));

        Assert.Null(_episode.Succeed(At(7)));
        Assert.Null(_episode.Succeed(At(16.9)));
        Assert.Equal(At(7), _episode.Succeed(At(17)));
        Assert.Null(_episode.Succeed(At(18)));
    }

    [Fact]
    public void A_good_reading_now_and_then_does_not_end_it()
    {
        _episode.Fail(ReadFaultKind.NoAnswer, At(0));
        for (var second = 1; second < 100; second += 2)
        {
            Assert.Null(_episode.Succeed(At(second)));
            Assert.False(_episode.Fail(ReadFaultKind.NoAnswer, At(second + 1)));
        }
    }

    [Fact]
    public void A_sensor_that_keeps_failing_must_be_good_for_twice_as_long_each_time_up_to_ten_minutes()
    {
        var now = At(0);
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            Assert.True(_episode.Fail(ReadFaultKind.NoAnswer, now));
            var good = now += At(1);
            while (_episode.Succeed(now) is null)
            {
                now += At(1);
            }

            waits.Add((now - good).TotalSeconds);
        }

        Assert.Equal([10, 20, 40, 80, 160, 320, 600, 600, 600], waits);
    }

    [Fact]
    public void After_ten_good_minutes_a_failure_is_a_new_story()
    {
        _episode.Fail(ReadFaultKind.NoAnswer, At(0));
        _episode.Succeed(At(1));
        _episode.Succeed(At(11));

        Assert.True(_episode.Fail(ReadFaultKind.NoAnswer, At(611)));
        _episode.Succeed(At(612));
        Assert.NotNull(_episode.Succeed(At(622)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
