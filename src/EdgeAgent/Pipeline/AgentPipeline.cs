using EdgeAgent.Alarms;
using EdgeAgent.Outputs;
using EdgeAgent.Storage;
using EdgeAgent.Swapping;
using EdgeAgent.Usb;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>The loops of one run, started together and stopped in the order of the data.</summary>
/// <param name="owned">What the loops use, disposed in this order after they ended.</param>
internal sealed class AgentPipeline(
    SensorLoop sense,
    DetectLoop detect,
    StoreLoop store,
    ExplainLoop explain,
    PublishLoop? publish,
    CommandParts? commands,
    SnapshotLoop? snapshots,
    AlarmSocket alarms,
    SwapLoop swaps,
    StickWatch sticks,
    OutputLoop outputs,
    PipelineChannels channels,
    PipelineCounters counters,
    Outbox outbox,
    IReadOnlyList<IAsyncDisposable> owned,
    ILogger<AgentPipeline> log) : IAsyncDisposable
{
    /// <summary>After a stop, how long an explanation that is being written may still take.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(3);

    /// <summary>After a stop, how long a disk that refuses is tried.</summary>
    private static readonly TimeSpan LastCommit = TimeSpan.FromSeconds(6);

    public PipelineCounters Counters => counters;

    public OutboxStatus Outbox => outbox.Status();

    /// <summary>Runs until <paramref name="stop"/> is cancelled or a finite source has ended, and everything is stored.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var sensing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var hurry = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource();
        using var publishing = new CancellationTokenSource();
        using var asking = new CancellationTokenSource();
        await using var limits = stop.Register(() =>
        {
            hurry.CancelAfter(LastWord);
            giveUp.CancelAfter(LastCommit);
        });

        // A loop that fails ends the readings, and with them the others.
        async Task Guarded(Task loop)
        {
            try
            {
                await loop.ConfigureAwait(false);
            }
            catch
            {
                await sensing.CancelAsync().ConfigureAwait(false);
                channels.CompleteAll();
                throw;
            }
        }

        using var commanding = CancellationTokenSource.CreateLinkedTokenSource(sensing.Token);
        var commanded = Guarded(commands?.Executor.RunAsync(commanding.Token) ?? Task.CompletedTask);
        var sent = Guarded(publish?.RunAsync(publishing.Token) ?? Task.CompletedTask);
        var stored = Guarded(store.RunAsync(giveUp.Token));
        var explained = Guarded(explain.RunAsync(hurry.Token));
        var detected = Guarded(detect.RunAsync());
        var kept = Guarded(snapshots?.RunAsync(giveUp.Token) ?? Task.CompletedTask);
        var asked = Guarded(alarms.RunAsync(asking.Token));
        var swapped = Guarded(swaps.RunAsync(asking.Token));
        var plugged = Guarded(sticks.RunAsync(asking.Token));
        var shown = Guarded(outputs.RunAsync(asking.Token));
        var sensed = Guarded(sense.RunAsync(sensing.Token));

        // The explanations end after the last decision was stored, which was after the last reading was judged.
        await Settled(explained).ConfigureAwait(false);

        // At this point: nothing is decided any more, unless somebody asks for it. What was answered is still sent.
        await asking.CancelAsync().ConfigureAwait(false);
        await commanding.CancelAsync().ConfigureAwait(false);
        await Settled(asked).ConfigureAwait(false);
        await Settled(swapped).ConfigureAwait(false);
        await Settled(plugged).ConfigureAwait(false);
        await Settled(shown).ConfigureAwait(false);
        await Settled(commanded).ConfigureAwait(false);

        // At this point: every decision is stored, and every diagnosis is stored or in the items channel.
        channels.Items.Writer.TryComplete();
        await Settled(stored).ConfigureAwait(false);

        // At this point: everything is on the disk. What the broker does not take now waits there.
        await publishing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(sensed, detected, asked, swapped, plugged, shown, explained, stored, commanded, sent, kept).ConfigureAwait(false);
        PipelineLog.Ended(
            log, counters.Windows, counters.Judged, counters.Alarms, counters.ExplainedByModel, counters.ExplainedByTemplate, counters.Stored, counters.Delivered);
    }

    /// <summary>Waits for a loop without throwing; its failure is told when all have ended.</summary>
    private static Task<Task> Settled(Task loop) => Task.WhenAny(loop);

    public async ValueTask DisposeAsync()
    {
        foreach (var used in owned)
        {
            await used.DisposeAsync().ConfigureAwait(false);
        }

        commands?.Memory.Dispose();
        outbox.Dispose();
    }
}
