using System.Collections.Concurrent;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Bench;

/// <summary>The agent's store loop, alarm journal included. That a record is durable it says as to anybody: by its log line "Stored".</summary>
internal sealed class RunningStoreLoop : ILogger<StoreLoop>, IAsyncDisposable
{
    private const int StoredEvent = 120;

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = [];
    private readonly AlarmJournal _journal;
    private readonly Task _running;

    public RunningStoreLoop(Outbox outbox, string journalPath, PipelineChannels? channels = null)
    {
        Channels = channels ?? new PipelineChannels();
        var clock = new MomentClock(TimeProvider.System, () => true, () => TimeSpan.FromMilliseconds(Environment.TickCount64));
        _journal = new AlarmJournal(AlarmDatabase.Open(journalPath), handed: 0, new HistoryLimits(TimeSpan.FromDays(30), 50_000_000), clock.Now());
        var trouble = new StorageTrouble((code, _, _) => throw new InvalidOperationException(code), TimeProvider.System, this);
        _running = new StoreLoop(
            Channels, _journal, outbox, new HeldItems(8 << 20), trouble, clock, new PipelineCounters(), TimeProvider.System, this).RunAsync(CancellationToken.None);
    }

    public PipelineChannels Channels { get; }

    /// <summary>Completes when the record is durable.</summary>
    public async Task StoreAsync(OutboxItem.ForDecision item)
    {
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[item.Decision.Id] = stored;
        await Channels.Items.Writer.WriteAsync(item).ConfigureAwait(false);
        await stored.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Channels.CompleteAll();
        await _running.ConfigureAwait(false);
        await _journal.DisposeAsync().ConfigureAwait(false);
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == StoredEvent
            && ((IReadOnlyList<KeyValuePair<string, object?>>)state!).First(value => value.Value is Guid).Value is Guid id
            && _waiting.TryRemove(id, out var stored))
        {
            stored.SetResult();
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
