using EdgeAgent.Mqtt.Brokers;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Brokers;

public sealed class BrokerPauseTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder _folder = new();
    private readonly JumpingClock _time = new();
    private readonly BrokerConditions _conditions;
    private readonly BrokerPause _pause;

    public BrokerPauseTests()
    {
        File.WriteAllText(CaFile, "one");
        _conditions = new BrokerConditions(
            new MqttTls { CaFile = CaFile }, new BrokerLogin { Username = "a", PasswordFile = Path.Combine(_folder.Path, "password") }, _time);
        _pause = new BrokerPause(_conditions, _time);
    }

    private string CaFile => Path.Combine(_folder.Path, "ca.pem");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_change_it_lasts_as_long_as_it_was_asked_to()
    {
        var pausing = _pause.WaitAsync(TimeSpan.FromSeconds(30), _conditions.Now(), CancellationToken.None);
        await PassAsync(TimeSpan.FromSeconds(29));
        Assert.False(pausing.IsCompleted);
        await PassAsync(TimeSpan.FromSeconds(1));
        await pausing;
    }

    [Theory]
    [InlineData(56 * 365)] // from 1970
    [InlineData(-5 * 365)]
    public async Task A_clock_that_jumps_ends_it(int days)
    {
        var pausing = _pause.WaitAsync(Long, _conditions.Now(), CancellationToken.None);
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.False(pausing.IsCompleted);
        _time.Jump(TimeSpan.FromDays(days));
        await PassAsync(TimeSpan.FromSeconds(1));
        await pausing;
    }

    [Fact]
    public async Task A_clock_that_is_steered_does_not_end_it()
    {
        var pausing = _pause.WaitAsync(Long, _conditions.Now(), CancellationToken.None);
        _time.Jump(TimeSpan.FromSeconds(2));
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.False(pausing.IsCompleted);
        await PassAsync(Long - TimeSpan.FromSeconds(3));
        await pausing;
    }

    [Fact]
    public async Task A_file_that_was_changed_before_it_began_or_comes_later_ends_it()
    {
        var before = _conditions.Now();
        await File.WriteAllTextAsync(CaFile, "two");
        await _pause.WaitAsync(Long, before, CancellationToken.None);

        var pausing = _pause.WaitAsync(Long, _conditions.Now(), CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "password"), "secret");
        await PassAsync(TimeSpan.FromSeconds(1));
        await pausing;
    }

    [Fact]
    public async Task A_stop_ends_it()
    {
        using var stop = new CancellationTokenSource();
        var pausing = _pause.WaitAsync(Long, _conditions.Now(), stop.Token);
        await stop.CancelAsync();
        await pausing;
    }

    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            await _time.Steady.SomebodyWaits();
            _time.Steady.Advance(TimeSpan.FromSeconds(1));

            // The timer's continuation runs elsewhere: it is through when it waits again or has ended.
            await Task.Yield();
        }
    }

    /// <summary>A wall clock that can be set, over a time that passes as a test says.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private TimeSpan _off;

        public ManualTime Steady { get; } = new();

        public override long TimestampFrequency => Steady.TimestampFrequency;

        public override long GetTimestamp() => Steady.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => Steady.GetUtcNow() + _off;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Steady.CreateTimer(callback, state, dueTime, period);

        public void Jump(TimeSpan by) => _off += by;
    }
}
