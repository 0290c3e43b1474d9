using System.Runtime.InteropServices;
using EdgeAgent.Systemd;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// The hosted service: runs a pipeline, tells the service manager, and on SIGHUP runs a new one from the config as it then
/// is. A config that cannot be used keeps the old one.
/// </summary>
internal sealed class AgentService(
    PipelineBuilder builder,
    SystemdNotifier notifier,
    PipelineHeartbeat heartbeat,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<AgentService> log,
    ILogger<WatchdogLoop> watchdogLog) : BackgroundService
{
    private static readonly TimeSpan AllowedStall = TimeSpan.FromMinutes(1);

    private CancellationTokenSource? _current;
    private volatile bool _reload;

    /// <summary>0 unless the pipeline broke.</summary>
    public int ExitCode { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Leaves the thread that starts the host.
        await Task.Yield();
        builder.Restart = Restart;
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var watchdog = WatchdogInterval.FromEnvironment() is { } interval
            ? new WatchdogLoop(notifier, heartbeat, interval, AllowedStall, time, watchdogLog).RunAsync(watching.Token)
            : Task.CompletedTask;
        try
        {
            await RunPipelinesAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The boundary of the service: nothing is in an unknown state after this, because the process ends.
            PipelineLog.Broken(log, e);
            ExitCode = ExitCodes.Failed;
        }

        notifier.Stopping("Stopped");
        await watching.CancelAsync().ConfigureAwait(false);
        await watchdog.ConfigureAwait(false);
        lifetime.StopApplication();
    }

    private async Task RunPipelinesAsync(CancellationToken stoppingToken)
    {
        do
        {
            _reload = false;
            using var run = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await using var pipeline = builder.Build(out var problem);
            if (pipeline is null)
            {
                throw new InvalidOperationException(problem!.Text);
            }

            Interlocked.Exchange(ref _current, run);
            using var farewell = stoppingToken.Register(() => notifier.Stopping("Storing what is left"));
            notifier.Ready($"Watching {builder.MachineId}");
            await pipeline.RunAsync(run.Token).ConfigureAwait(false);
            Interlocked.Exchange(ref _current, null);
        }
        while (_reload && !stoppingToken.IsCancellationRequested);
    }

    private void Restart()
    {
        _reload = true;
        Interlocked.Exchange(ref _current, null)?.Cancel();
    }

    private void OnHangUp(PosixSignalContext signal)
    {
        signal.Cancel = true;
        notifier.Reloading();
        if (builder.TryReload(out var problem))
        {
            PipelineLog.Reloading(log);
            Restart();
        }
        else
        {
            PipelineLog.ReloadRefused(log, problem!.Text);
            notifier.Ready($"Watching {builder.MachineId}; a new config was refused");
        }
    }
}
