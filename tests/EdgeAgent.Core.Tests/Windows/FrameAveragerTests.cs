using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Tests.Windows;

public sealed class FrameAveragerTests
{
    private readonly FrameAverager _averager = new(2, 3, TimeSpan.FromSeconds(1));

    [Fact]
    public void A_block_is_the_mean_of_its_readings()
    {
        Assert.Equal([false, false, true], [Add(0, 1, 10), Add(100, 2, 20), Add(200, 6, 60)]);

        Assert.Equal([3f, 30f], _averager.Values.ToArray());
    }

    [Fact]
    public void One_bad_reading_spoils_its_channel_for_the_block_and_for_no_longer()
    {
        Add(0, 1, 1);
        Add(100, float.NaN, 1, ChannelHealth.Missing);
        Add(200, 1, 1);
        Assert.Equal([ChannelHealth.Missing, ChannelHealth.Ok], _averager.Verdicts.ToArray());

        Add(300, 4, 1);
        Add(400, 5, 1);
        Assert.True(Add(500, 6, 1));
        Assert.Equal([ChannelHealth.Ok, ChannelHealth.Ok], _averager.Verdicts.ToArray());
        Assert.Equal([5f, 1f], _averager.Values.ToArray());
    }

    [Fact]
    public void A_gap_begins_a_new_block()
    {
        Add(0, 100, 100);
        Add(100, 100, 100);

        Assert.Equal([false, false, true], [Add(5000, 1, 1), Add(5100, 1, 1), Add(5200, 1, 1)]);
        Assert.Equal([1f, 1f], _averager.Values.ToArray());
    }

    private bool Add(int milliseconds, float first, float second, ChannelHealth health = ChannelHealth.Ok)
    {
        var at = TimeSpan.FromMilliseconds(milliseconds);
        return _averager.Add(new SensorFrame(0, DateTimeOffset.UnixEpoch + at, at, [first, second]), [health, ChannelHealth.Ok]);
    }
}
