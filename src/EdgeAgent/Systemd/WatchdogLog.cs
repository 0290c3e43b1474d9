using Microsoft.Extensions.Logging;

namespace EdgeAgent.Systemd;

/// <summary>What the service manager's side tells the log; event ids 15x.</summary>
internal static partial class WatchdogLog
{
    [LoggerMessage(158, LogLevel.Critical,
        "The pipeline has stood still for {Seconds:0.0} s (allowed: {Allowed:0.0} s); the watchdog is not fed and restarts the agent after {Interval:0.0} s")]
    public static partial void Stalled(ILogger log, double seconds, double allowed, double interval);

    [LoggerMessage(159, LogLevel.Warning, "The pipeline moves again; the watchdog is fed")]
    public static partial void MovesAgain(ILogger log);
}
