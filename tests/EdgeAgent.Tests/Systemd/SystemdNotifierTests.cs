using System.Globalization;
using System.Runtime.InteropServices;
using EdgeAgent.Systemd;

namespace EdgeAgent.Tests.Systemd;

public sealed class SystemdNotifierTests
{
    [Fact]
    public async Task Ready_arrives_with_its_status_on_one_line()
    {
        using var manager = ManagerSocket.AsFile();
        Assert.True(new SystemdNotifier(manager.Name, TimeProvider.System).Ready("Watching\npump 7"));
        Assert.Equal("READY=1\nSTATUS=Watching pump 7", await manager.ReceiveAsync());
    }

    [Fact]
    public async Task Messages_reach_a_socket_in_the_abstract_namespace()
    {
        using var manager = ManagerSocket.Abstract();
        var notifier = new SystemdNotifier(manager.Name, TimeProvider.System);
        Assert.True(notifier.Stopping("Draining"));
        Assert.True(notifier.Watchdog());
        Assert.True(notifier.Status("Ventilwächter läuft"));
        Assert.Equal("STOPPING=1\nSTATUS=Draining", await manager.ReceiveAsync());
        Assert.Equal("WATCHDOG=1", await manager.ReceiveAsync());
        Assert.Equal("STATUS=Ventilwächter läuft", await manager.ReceiveAsync());
    }

    [Fact]
    public async Task A_reload_carries_the_kernels_monotonic_time()
    {
        using var manager = ManagerSocket.AsFile();
        var before = SinceBoot();
        Assert.True(new SystemdNotifier(manager.Name, TimeProvider.System).Reloading());
        var after = SinceBoot();

        var lines = (await manager.ReceiveAsync()).Split('\n');
        Assert.Equal("RELOADING=1", lines[0]);
        Assert.StartsWith("MONOTONIC_USEC=", lines[1], StringComparison.Ordinal);
        var told = TimeSpan.FromMicroseconds(long.Parse(lines[1].AsSpan("MONOTONIC_USEC=".Length), CultureInfo.InvariantCulture));
        Assert.InRange(told, before - TimeSpan.FromMilliseconds(1), after + TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("@")]
    [InlineData("vsock:2:1234")]
    [InlineData("relative/path")]
    public void Without_a_manager_nothing_is_sent_and_nothing_thrown(string? name)
    {
        var notifier = new SystemdNotifier(name, TimeProvider.System);
        Assert.False(notifier.IsActive);
        Assert.False(notifier.Ready("up"));
    }

    [Fact]
    public void A_manager_that_has_gone_is_no_error()
    {
        Assert.False(new SystemdNotifier("/nonexistent/notify", TimeProvider.System).Watchdog());
        Assert.False(new SystemdNotifier("/" + new string('x', 300), TimeProvider.System).Watchdog());
        Assert.False(new SystemdNotifier(Path.GetTempPath(), TimeProvider.System).Watchdog());
    }

    private static TimeSpan SinceBoot()
    {
        Assert.Equal(0, ClockGetTime(ClockMonotonic, out var now));
        return TimeSpan.FromSeconds(now.Seconds) + TimeSpan.FromMicroseconds(now.Nanoseconds / 1000.0);
    }

    private const int ClockMonotonic = 1;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ClockGetTime(int clock, out TimeSpec now);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
