using System.Globalization;

namespace EdgeAgent.Systemd;

/// <summary>How often the service manager wants a sign of life, as sd_watchdog_enabled(3) reads it.</summary>
internal static class WatchdogInterval
{
    /// <summary>Null when there is no watchdog, or when it is another process's: a child inherits the variables.</summary>
    public static TimeSpan? FromEnvironment() => From(
        Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId);

    /// <param name="microseconds">WATCHDOG_USEC.</param>
    /// <param name="process">WATCHDOG_PID; absent means that any process of the service is meant.</param>
    /// <param name="self">This process's id.</param>
    public static TimeSpan? From(string? microseconds, string? process, int self)
    {
        if (!string.IsNullOrEmpty(process) && process != self.ToString(CultureInfo.InvariantCulture))
        {
            return null;
        }

        // Systemd's "infinity" is all ones, beyond what a signed number holds.
        return long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value > 0 && value <= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond
                ? TimeSpan.FromMicroseconds(value)
                : null;
    }
}
