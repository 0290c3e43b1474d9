using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>Items ─▶ the alarm journal ─▶ one transaction for all that wait ─▶ a log line per id, the bell for the publisher, raised alarms to be explained.</summary>
internal sealed class StoreLoop(
    PipelineChannels channels, AlarmJournal journal, Outbox outbox, MomentClock clock, PipelineCounters counters, TimeProvider time, ILogger<StoreLoop> log)
{
    private const int LargestBatch = 256;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until the items channel is completed and everything in it is stored.</summary>
    /// <param name="giveUp">Ends the retries on a broken disk at shutdown.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        var batch = new List<OutboxItem>();
        while (await channels.Items.Reader.WaitToReadAsync(giveUp).ConfigureAwait(false))
        {
            batch.Clear();
            var last = false;
            while (batch.Count < LargestBatch && !last && channels.Items.Reader.TryRead(out var item))
            {
                last = item is null;
                if (item is not null)
                {
                    batch.Add(item);
                }
            }

            // Where alarms stand is on the disk before anybody hears of it: no kill makes a standing alarm be raised again.
            var items = journal.Record(batch, clock.Now());
            if (items.Count > 0)
            {
                var records = await CommitAsync(items, giveUp).ConfigureAwait(false);
                journal.Handed(items, [.. records.Select(record => record.Seq)]);
                Announce(items, records);
            }

            if (last)
            {
                channels.Raised.Writer.TryComplete();
            }
        }
    }

    /// <summary>Retries for as long as the disk refuses: the batch stays in memory, and behind it the channel fills up.</summary>
    private async Task<IReadOnlyList<OutboxRecord>> CommitAsync(IReadOnlyList<OutboxItem> batch, CancellationToken giveUp)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var records = outbox.Commit(batch, time.GetUtcNow());
                if (failures > 0)
                {
                    PipelineLog.StorageRecovered(log, failures);
                }

                return records;
            }
            catch (SqliteException e)
            {
                if (failures == 0)
                {
                    PipelineLog.StorageFailing(log, e.Message, batch.Count);
                }

                await Task.Delay(RetryAfter, time, giveUp).ConfigureAwait(false);
            }
        }
    }

    private void Announce(IReadOnlyList<OutboxItem> batch, IReadOnlyList<OutboxRecord> records)
    {
        counters.Store(records.Count);
        channels.Stored.Writer.TryWrite(true);
        for (var i = 0; i < batch.Count; i++)
        {
            PipelineLog.Stored(log, records[i].Kind, records[i].Id, records[i].Seq);
            if (batch[i] is OutboxItem.ForDecision { Decision: { Kind: "machine", Event: "raised" } raised })
            {
                Hand(raised with { Seq = records[i].Seq ?? 0 });
            }
        }
    }

    private void Hand(Decision raised)
    {
        if (!channels.Raised.Writer.TryWrite(raised))
        {
            PipelineLog.TooManyToExplain(log, raised.AlarmId);
        }
    }
}
