using EdgeAgent.Systemd;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.Systemd;

public sealed class WatchdogLoopTests
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task While_the_pipeline_moves_the_watchdog_is_fed()
    {
        using var manager = ManagerSocket.AsFile();
        using var stop = new CancellationTokenSource();
        var loop = Loop(manager, new PipelineHeartbeat(TimeProvider.System), TimeSpan.FromMilliseconds(40), TimeProvider.System, []);

        var running = loop.RunAsync(stop.Token);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("WATCHDOG=1", await manager.ReceiveAsync());
        }

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_stalled_pipeline_starves_the_watchdog_and_says_so_once()
    {
        using var manager = ManagerSocket.AsFile();
        var clock = new HandClock();
        var heartbeat = new PipelineHeartbeat(clock);
        var lines = new List<string>();
        var loop = Loop(manager, heartbeat, TimeSpan.FromSeconds(30), clock, lines);

        clock.Advance(Allowed);
        loop.Tick();
        Assert.Equal("WATCHDOG=1", await manager.ReceiveAsync());
        Assert.Empty(lines);

        clock.Advance(TimeSpan.FromSeconds(1));
        loop.Tick();
        loop.Tick();
        Assert.Equal("The pipeline has stood still for 21.0 s (allowed: 20.0 s); " +
            "the watchdog is not fed and restarts the agent after 30.0 s", Assert.Single(lines));
        Assert.StartsWith("STATUS=", await manager.ReceiveAsync(), StringComparison.Ordinal);
        Assert.False(manager.HasMail);
    }

    [Fact]
    public async Task A_pipeline_that_moves_again_is_fed_for_again()
    {
        using var manager = ManagerSocket.AsFile();
        var clock = new HandClock();
        var heartbeat = new PipelineHeartbeat(clock);
        var lines = new List<string>();
        var loop = Loop(manager, heartbeat, TimeSpan.FromSeconds(30), clock, lines);

        clock.Advance(Allowed * 2);
        loop.Tick();
        heartbeat.Beat();
        loop.Tick();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith("STATUS=", await manager.ReceiveAsync(), StringComparison.Ordinal);
        Assert.StartsWith("STATUS=", await manager.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("WATCHDOG=1", await manager.ReceiveAsync());
    }

    private static WatchdogLoop Loop(
        ManagerSocket manager, PipelineHeartbeat heartbeat, TimeSpan interval, TimeProvider time, List<string> lines) =>
        new(new SystemdNotifier(manager.Name, time), heartbeat, interval, Allowed, time, new ListLogger(lines));

    private sealed class ListLogger(List<string> lines) : ILogger<WatchdogLoop>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
