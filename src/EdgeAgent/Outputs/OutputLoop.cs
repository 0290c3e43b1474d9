using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Outputs;

/// <summary>Alarms as they stand, and what became of packages ─▶ lamps and relays at the machine. No decision waits for them.</summary>
internal sealed class OutputLoop(IReadOnlyList<IOutput> outputs, IAlarmView alarms, OutputBell bell, TimeProvider time)
{
    /// <summary>Runs until it is stopped; then every line is in its safe state.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (outputs.Count == 0)
        {
            return;
        }

        // A line behind a bus blocks for as long as that takes, so not on the caller's thread.
        await Task.Yield();
        alarms.Changed += bell.AlarmsChanged;
        try
        {
            while (true)
            {
                var next = await PassAsync(stop).ConfigureAwait(false);
                if (next - Now is { Ticks: > 0 } rest)
                {
                    await bell.WaitAsync(rest, time, stop).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A stop.
        }
        finally
        {
            alarms.Changed -= bell.AlarmsChanged;
            foreach (var output in outputs)
            {
                output.End();
            }
        }
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    /// <returns>When the next change is due.</returns>
    private async Task<TimeSpan> PassAsync(CancellationToken stop)
    {
        var (changed, verdict) = bell.Take();
        StandingAlarms? standing = changed ? StandingAlarms.Of(await alarms.StatesAsync(stop).ConfigureAwait(false)) : null;
        var next = TimeSpan.MaxValue;
        foreach (var output in outputs)
        {
            if (standing is { } now)
            {
                output.Follow(now, Now);
            }

            if (verdict is { } sign)
            {
                output.Tell(sign, Now);
            }

            var due = output.Drive(Now);
            next = due < next ? due : next;
        }

        return next;
    }
}
