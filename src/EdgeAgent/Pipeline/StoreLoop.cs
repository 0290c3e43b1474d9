using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// Items ─▶ the alarm journal ─▶ one transaction for all that wait ─▶ a log line per id, the bell for the publisher, raised alarms to be explained.
/// While the disk refuses, items are held in memory within a bound, so that the loops before this one never stand still.
/// </summary>
internal sealed class StoreLoop(
    PipelineChannels channels,
    AlarmJournal journal,
    Outbox outbox,
    HeldItems held,
    StorageTrouble trouble,
    MomentClock clock,
    PipelineCounters counters,
    TimeProvider time,
    ILogger<StoreLoop> log)
{
    private const int LargestBatch = 256;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TendEvery = TimeSpan.FromMinutes(1);

    private readonly List<OutboxItem> _came = [];
    private Task<bool>? _coming;
    private bool _lastDecisionCame;

    /// <summary>Runs until the items channel is completed and everything in it is stored.</summary>
    /// <param name="giveUp">Ends the retries on a broken disk at shutdown.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        var tendAt = clock.Now().SinceBoot + TendEvery;
        while (await ComesAsync(giveUp).ConfigureAwait(false) || held.Count > 0)
        {
            TakeWhatCame();
            if (held.Count > 0)
            {
                StoreAll();
            }

            ShowStorage();
            if (trouble.IsOn)
            {
                // What comes meanwhile is taken after the pause: the channel is larger than what a pause brings.
                await Task.Delay(RetryAfter, time, giveUp).ConfigureAwait(false);
                continue;
            }

            if (_lastDecisionCame && held.Count == 0)
            {
                channels.Raised.Writer.TryComplete();
            }

            if (clock.Now() is var now && now.SinceBoot >= tendAt)
            {
                tendAt = now.SinceBoot + TendEvery;
                Tend(now);
            }
        }
    }

    /// <returns>False when nothing will come any more; true when something came, or it is time to try or to tend.</returns>
    private async ValueTask<bool> ComesAsync(CancellationToken giveUp)
    {
        _coming ??= channels.Items.Reader.WaitToReadAsync(giveUp).AsTask();
        if (!_coming.IsCompleted && !trouble.IsOn)
        {
            try
            {
                await _coming.WaitAsync(TendEvery, time, giveUp).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return true;
            }
        }

        if (!_coming.IsCompleted)
        {
            return true;
        }

        var comes = await _coming.ConfigureAwait(false);
        _coming = null;
        return comes;
    }

    private void TakeWhatCame()
    {
        _came.Clear();
        while (channels.Items.Reader.TryRead(out var item))
        {
            if (item is null)
            {
                _lastDecisionCame = true;
                continue;
            }

            _came.Add(item);
        }

        // Where alarms stand is on the disk before anybody hears of it: no kill makes a standing alarm be raised again.
        foreach (var item in journal.Record(_came, clock.Now()))
        {
            held.Add(item with { Taken = time.GetTimestamp() }, time.GetUtcNow());
        }
    }

    /// <summary>Stores until nothing is held or the disk refuses.</summary>
    private void StoreAll()
    {
        try
        {
            while (held.Count > 0)
            {
                var batch = held.First(LargestBatch);
                var now = clock.Now();
                var records = outbox.Commit(batch, now.At, now.Synced, held.Lost);
                held.Stored(batch.Count);
                journal.Handed(batch, [.. records.Take(batch.Count).Select(record => record.Seq)]);
                Announce(batch, records);
                trouble.Over(held);
            }
        }
        catch (SqliteException e)
        {
            trouble.Happened(e, held);
        }
    }

    /// <summary>A disk that refuses cannot tell of itself by a decision; the publish loop says it in the status.</summary>
    private void ShowStorage()
    {
        if (channels.Storage.Show(trouble.State))
        {
            channels.Stored.Writer.TryWrite(true);
        }
    }

    private void Tend(Moment now)
    {
        try
        {
            Announce([], outbox.Tend(now.At, now.Synced));
        }
        catch (SqliteException e)
        {
            trouble.Happened(e, held);
        }
    }

    private void Announce(List<OutboxItem> batch, IReadOnlyList<OutboxRecord> records)
    {
        counters.Store(records.Count);
        channels.Stored.Writer.TryWrite(true);
        for (var i = 0; i < records.Count; i++)
        {
            if (!records[i].Kept)
            {
                PipelineLog.NoRoom(log, records[i].Kind, records[i].Id, records[i].Seq);
                continue;
            }

            PipelineLog.Stored(log, records[i].Kind, records[i].Id, records[i].Seq);
            if (i < batch.Count && batch[i] is OutboxItem.ForDecision { Decision: var raised } && IsFirstHeardOf(raised))
            {
                Hand(raised with { Seq = records[i].Seq ?? 0 });
            }
        }
    }

    /// <summary>A raise; or the end of a shelf under which the machine alarm was raised, which tells it.</summary>
    private static bool IsFirstHeardOf(Decision decision) =>
        decision is { Kind: "machine", Event: "raised" } or { Kind: "machine", Event: "unshelved", Evidence: not null };

    private void Hand(Decision raised)
    {
        if (!channels.Raised.Writer.TryWrite(raised))
        {
            PipelineLog.TooManyToExplain(log, raised.AlarmId);
        }
    }
}
