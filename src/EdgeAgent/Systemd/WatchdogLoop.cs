using Microsoft.Extensions.Logging;

namespace EdgeAgent.Systemd;

/// <summary>
/// Tells the service manager's watchdog that the agent is alive, but only while the pipeline moves: a process that runs
/// and watches nothing is a failure, and a restart is the cure. A sensor that is silent is no stall, for the pipeline
/// judges silence too and beats.
/// </summary>
/// <param name="interval">The manager's limit between two signs of life; half of it is the period of this loop.</param>
/// <param name="allowedStall">How long the pipeline may stand still before the manager hears no more.</param>
internal sealed class WatchdogLoop(
    SystemdNotifier notifier,
    PipelineHeartbeat heartbeat,
    TimeSpan interval,
    TimeSpan allowedStall,
    TimeProvider time,
    ILogger<WatchdogLoop> log)
{
    private bool _stalled;

    /// <summary>Runs until it is cancelled; does not throw then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval / 2, time);
        try
        {
            do
            {
                Tick();
            }
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The agent stops; the manager's stop time-out watches from here on.
        }
    }

    /// <summary>One sign of life, if the pipeline has earned it. Logs when that changes, not each time.</summary>
    internal void Tick()
    {
        var still = heartbeat.SinceLast;
        if (still > allowedStall)
        {
            if (!_stalled)
            {
                _stalled = true;
                WatchdogLog.Stalled(log, still.TotalSeconds, allowedStall.TotalSeconds, interval.TotalSeconds);
                notifier.Status("The pipeline stands still; the watchdog is no longer fed");
            }

            return;
        }

        if (_stalled)
        {
            _stalled = false;
            WatchdogLog.MovesAgain(log);
            notifier.Status("The pipeline moves again");
        }

        notifier.Watchdog();
    }
}
