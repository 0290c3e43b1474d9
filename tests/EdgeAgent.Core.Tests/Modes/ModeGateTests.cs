using EdgeAgent.Core.Modes;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Tests.Modes;

public sealed class ModeGateTests
{
    private static readonly ModeRule Rule = new(
        0, [new("off", 0.5, Watch: false), new("idle", 2, Watch: true), new("load", null, Watch: true)], Deadband: 0.1, TimeSpan.FromSeconds(3));

    private readonly ModeGate _gate = new(Rule);
    private int _second;

    [Theory]
    [InlineData(0.2, "off")]
    [InlineData(0.5, "idle")]
    [InlineData(1.99, "idle")]
    [InlineData(2, "load")]
    [InlineData(1e9, "load")]
    public void The_channel_tells_the_mode(float value, string expected)
    {
        Feed(value);

        Assert.Equal(expected, _gate.Mode!.Name);
    }

    [Fact]
    public void A_machine_that_already_runs_has_settled() => Assert.True(Feed(1));

    [Fact]
    public void After_a_change_it_opens_when_the_machine_has_settled()
    {
        Feed(1);

        Assert.Equal([false, false, false, true], [Feed(3), Feed(3), Feed(3), Feed(3)]);
    }

    [Fact]
    public void A_mode_that_is_not_watched_never_opens() => Assert.All(Enumerable.Range(0, 10), _ => Assert.False(Feed(0)));

    [Fact]
    public void Noise_around_a_boundary_changes_nothing()
    {
        Feed(1.5f);

        foreach (var value in new[] { 1.95f, 2.05f, 1.95f, 2.09f })
        {
            Assert.True(Feed(value));
            Assert.Equal("idle", _gate.Mode!.Name);
        }

        Feed(2.11f);
        Feed(1.91f);
        Assert.Equal("load", _gate.Mode!.Name);
    }

    [Fact]
    public void A_broken_sensor_makes_the_mode_unknown_and_nothing_is_scored()
    {
        Feed(1);

        Assert.False(Feed(1, ChannelHealth.Stuck));
        Assert.Null(_gate.Mode);
        Assert.Equal([false, false, false, true], [Feed(1), Feed(1), Feed(1), Feed(1)]);
    }

    private bool Feed(float value, ChannelHealth health = ChannelHealth.Ok)
    {
        var at = TimeSpan.FromSeconds(_second++);
        _gate.Update(new SensorFrame(_second, DateTimeOffset.UnixEpoch + at, at, [value]), [health]);
        return _gate.IsOpen;
    }
}
