using System.Threading.Channels;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Alarms;

/// <summary>
/// The one way to the alarm book of a running pipeline: the detect loop tells it what was seen, and whoever may command
/// (a local socket, MQTT) asks through <see cref="DoAsync"/>. One at a time, and what is decided goes to the store loop in
/// the order of deciding. Thread-safe.
/// </summary>
/// <param name="notices">What there is to say about how this run begins, before anything else.</param>
internal sealed class AlarmDesk(
    AlarmBook book, IReadOnlyList<Decision> notices, ChannelWriter<OutboxItem?> items, AlarmJournal journal, MomentClock clock, TimeProvider time, ILogger<AlarmDesk> log) : IAlarmView, IAsyncDisposable
{
    /// <summary>How long somebody waits for the disk before he is told that it does not write.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<AlarmDecision> _told = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _toldTrouble;

    public event Action? Changed;

    /// <summary>
    /// An alarm that receivers hear of was raised, at this time of the readings. Comes after it went to the store loop and before
    /// the next reading is judged, so a handler must not block.
    /// </summary>
    public event Action<Decision, TimeSpan>? Raised;

    /// <summary>Alarms of an earlier run go on, and what it decided last without handing it over is handed over now.</summary>
    public async Task BeginAsync(MachineWatch watch)
    {
        foreach (var item in journal.Open())
        {
            await items.WriteAsync(item).ConfigureAwait(false);
        }

        foreach (var notice in notices)
        {
            await items.WriteAsync(new OutboxItem.ForDecision(notice)).ConfigureAwait(false);
        }

        var states = journal.States();
        await TakeTurnAsync(
            told =>
            {
                book.Restore(states, clock.Now(), told);
                watch.Restore(book.States);
                return told.Count;
            },
            written: null,
            CancellationToken.None).ConfigureAwait(false);
        foreach (var state in book.States.Where(state => state.Stands || state.Shelf is not null))
        {
            AlarmLog.GoesOn(log, state.Source.Kind, state.Source.Name, state.Alarm?.Id, state.Alarm?.Phase.Name(), state.Shelf?.Until);
        }

        _begun.TrySetResult();
    }

    public async Task<IReadOnlyList<SourceState>> StatesAsync(CancellationToken cancellationToken)
    {
        await _begun.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await TakeTurnAsync<IReadOnlyList<SourceState>>(_ => [.. book.States], written: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether <see cref="FollowAsync"/> has anything to do: for most readings it has not.</summary>
    public bool Concerns(Observation seen) => seen.HealthChanges.Count > 0 || seen.Alarm is not null || book.IsFlooded;

    /// <summary>What a reading, or the absence of one, led to. Only the detect loop calls it.</summary>
    /// <param name="reading">Monotonic, of the readings.</param>
    public async ValueTask FollowAsync(Observation seen, Moment now, TimeSpan reading)
    {
        var raised = await TakeTurnAsync(
            told =>
            {
                book.Follow(seen, now, reading, told);
                return told.FindAll(one => one is { Published: true, Decision.Event: "raised" });
            },
            written: null,
            CancellationToken.None).ConfigureAwait(false);
        foreach (var one in raised)
        {
            Raised?.Invoke(one.Decision!, reading);
        }
    }

    /// <summary>Ends shelves whose time is over, and tries again to write what the disk refused.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        await TakeTurnAsync(
            told =>
            {
                book.Pass(clock.Now(), told);
                return told.Count;
            },
            written: null,
            cancellationToken).ConfigureAwait(false);
        journal.Retry(clock.Now());
        if (journal.Trouble is { } trouble && !_toldTrouble)
        {
            _toldTrouble = true;
            AlarmLog.JournalFailing(log, trouble);
        }
        else if (journal.Trouble is null && _toldTrouble)
        {
            _toldTrouble = false;
            AlarmLog.JournalRecovered(log, journal.HistoryLost);
        }
    }

    /// <summary>
    /// Acknowledges, shelves, unshelves or resets. When the answer is there, a kill does not undo what was done, unless it is
    /// <see cref="AlarmVerdict.NotStored"/>.
    /// </summary>
    /// <exception cref="ChannelClosedException">The pipeline has ended; nothing that was done will be stored.</exception>
    public async Task<AlarmAnswer> DoAsync(AlarmRequest request, CancellationToken cancellationToken)
    {
        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var known = request with { Source = journal.SourceOf(request.AlarmId) };
        var answer = await TakeTurnAsync(told => book.Do(known, clock.Now(), told), written, cancellationToken).ConfigureAwait(false);
        if (answer.Verdict != AlarmVerdict.Done)
        {
            return answer;
        }

        AlarmLog.Asked(log, request.Operation, request.AlarmId, request.Who, answer.Text);
        try
        {
            return await written.Task.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false) ? answer : NotStored(answer);
        }
        catch (TimeoutException)
        {
            return NotStored(answer);
        }
    }

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private AlarmAnswer NotStored(AlarmAnswer answer) =>
        answer with { Verdict = AlarmVerdict.NotStored, Text = $"{answer.Text}, but the disk does not take it: {journal.Trouble ?? "no answer yet"}" };

    private async ValueTask<T> TakeTurnAsync<T>(Func<List<AlarmDecision>, T> turn, TaskCompletionSource<bool>? written, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _told.Clear();
            var result = turn(_told);
            for (var i = 0; i < _told.Count; i++)
            {
                AlarmLog.Tell(log, _told[i]);
                await items.WriteAsync(ItemOf(_told[i], i == _told.Count - 1 ? written : null), CancellationToken.None).ConfigureAwait(false);
            }

            if (_told.Count > 0)
            {
                Changed?.Invoke();
            }

            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static OutboxItem ItemOf(AlarmDecision told, TaskCompletionSource<bool>? written)
    {
        var entry = told.State is { } state ? new AlarmEntry(state, told.Published, written) : null;
        return told.Decision is { } decision ? new OutboxItem.ForDecision(decision, entry) : new OutboxItem.ForState(entry!);
    }
}
