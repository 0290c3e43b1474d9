using EdgeAgent.Configuration;
using Serilog.Core;
using Serilog.Events;

namespace EdgeAgent;

/// <summary>How much the service's log says: as the config says, or for a limited time something else. Thread-safe.</summary>
internal sealed class LogLevelControl(LoggingLevel configured, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _return;

    public LoggingLevel Configured { get; } = configured;

    public LoggingLevel Current { get; private set; } = configured;

    /// <summary>What the log asks before every entry.</summary>
    public LoggingLevelSwitch Switch { get; } = new(Of(configured));

    /// <summary>A later call replaces an earlier one, its time included.</summary>
    public void SetFor(LoggingLevel level, TimeSpan lasts)
    {
        lock (_gate)
        {
            _return?.Dispose();
            ITimer? mine = null;
            mine = _return = time.CreateTimer(_ => Return(mine), state: null, lasts, Timeout.InfiniteTimeSpan);
            Set(level);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _return?.Dispose();
        }
    }

    private void Return(ITimer? timer)
    {
        lock (_gate)
        {
            // A timer that was replaced while it fired has nothing to say any more.
            if (timer == _return)
            {
                Set(Configured);
            }
        }
    }

    private void Set(LoggingLevel level)
    {
        Current = level;
        Switch.MinimumLevel = Of(level);
    }

    private static LogEventLevel Of(LoggingLevel level) => level switch
    {
        LoggingLevel.Debug => LogEventLevel.Debug,
        LoggingLevel.Warning => LogEventLevel.Warning,
        LoggingLevel.Error => LogEventLevel.Error,
        _ => LogEventLevel.Information,
    };
}
