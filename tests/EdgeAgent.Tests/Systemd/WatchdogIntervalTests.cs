using EdgeAgent.Systemd;

namespace EdgeAgent.Tests.Systemd;

public sealed class WatchdogIntervalTests
{
    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("30000000", "", 30.0)]
    [InlineData("1500000", "42", 1.5)]
    public void The_managers_limit_is_read_in_microseconds(string microseconds, string? process, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), WatchdogInterval.From(microseconds, process, 42));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("30000000", "41")]
    [InlineData("18446744073709551615", null)]
    [InlineData("9223372036854775807", null)]
    public void There_is_no_watchdog_where_none_is_meant_for_this_process(string? microseconds, string? process) =>
        Assert.Null(WatchdogInterval.From(microseconds, process, 42));
}
