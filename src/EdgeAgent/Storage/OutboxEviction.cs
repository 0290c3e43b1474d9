using EdgeAgent.Core.Outbox;

namespace EdgeAgent.Storage;

/// <summary>Makes room, inside the transaction that needs it: dead letters, then the lowest rank, then the oldest.</summary>
internal sealed class OutboxEviction(OutboxTable table)
{
    private const int AtOnce = 32;

    /// <summary>What was thrown away.</summary>
    public LossTally Lost { get; } = new();

    /// <summary>Where it stood.</summary>
    public HashSet<long> Positions { get; } = [];

    /// <summary>Bytes that became free.</summary>
    public long Freed { get; private set; }

    /// <summary>Frees so many bytes, or all that may be thrown away.</summary>
    public void Free(long bytes)
    {
        while (Freed < bytes && table.DropDeadLetters(AtOnce) is > 0 and var dead)
        {
            Freed += dead;
        }

        while (Freed < bytes)
        {
            var next = table.Read("WHERE rank < $never ORDER BY rank, position LIMIT $most", ("$never", EvictionRank.Never), ("$most", AtOnce));
            if (next.Count == 0)
            {
                return;
            }

            foreach (var row in next.TakeWhile(_ => Freed < bytes))
            {
                Drop(row, LossReason.Quota);
            }
        }
    }

    /// <summary>Drops what was made before a time. A record made by a clock that was not synchronized has no age.</summary>
    public void Expire(DateTimeOffset before)
    {
        while (true)
        {
            var next = table.Read(
                "WHERE rank < $never AND synced = 1 AND made_ms < $before LIMIT $most",
                ("$never", EvictionRank.Never), ("$before", before.ToUnixTimeMilliseconds()), ("$most", AtOnce));
            if (next.Count == 0)
            {
                return;
            }

            next.ForEach(row => Drop(row, LossReason.Age));
        }
    }

    /// <summary>With a decision goes what explains it: a diagnosis alone tells nobody anything.</summary>
    private void Drop(OutboxRow row, string reason)
    {
        Remove(row, reason);
        if (row.Alarm is { } alarm)
        {
            table.Read("WHERE alarm = $alarm AND parent = $id", ("$alarm", alarm), ("$id", row.Id)).ForEach(diagnosis => Remove(diagnosis, reason));
        }
    }

    private void Remove(OutboxRow row, string reason)
    {
        if (table.Delete(row.Position) is { } free)
        {
            Freed += free;
            Lost.Add(row.AsLoss(reason));
            Positions.Add(row.Position);
        }
        else if (!Positions.Contains(row.Position))
        {
            // The index names a row that is not there; going on would never end.
            throw new Microsoft.Data.Sqlite.SqliteException($"record {row.Position} is in the index only", SqliteCodes.Corrupt);
        }
    }
}
