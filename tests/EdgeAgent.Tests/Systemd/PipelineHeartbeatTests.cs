using EdgeAgent.Systemd;

namespace EdgeAgent.Tests.Systemd;

public sealed class PipelineHeartbeatTests
{
    [Fact]
    public void Time_runs_from_the_start_and_from_each_beat()
    {
        var clock = new HandClock();
        var heartbeat = new PipelineHeartbeat(clock);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), heartbeat.SinceLast);

        heartbeat.Beat();
        Assert.Equal(TimeSpan.Zero, heartbeat.SinceLast);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), heartbeat.SinceLast);
    }
}
