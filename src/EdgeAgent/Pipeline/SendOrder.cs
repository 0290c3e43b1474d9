using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <summary>
/// What is sent next over one connection: live records, made since it stands, before the backlog. Within an alarm the order
/// of storing is kept: what still waits of a live record's alarm goes before it, and behind a record that was refused, the rest of its
/// alarm waits for the retry.
/// </summary>
internal sealed class SendOrder
{
    private readonly Outbox _outbox;
    private readonly AcknowledgedRecords _acknowledged;
    private readonly HashSet<string> _blocked = [];
    private long _live;
    private long _backlog;
    private long _backlogEnd;

    public SendOrder(Outbox outbox, AcknowledgedRecords acknowledged)
    {
        _outbox = outbox;
        _acknowledged = acknowledged;
        StartAgain();
    }

    public bool HasBacklog => _backlog < _backlogEnd;

    /// <summary>Everything that waits is backlog now, also what was refused.</summary>
    public void StartAgain()
    {
        _live = _backlogEnd = _outbox.NewestPosition();
        _backlog = 0;
        _blocked.Clear();
    }

    /// <summary>A record was refused: nothing of its alarm goes before it is tried again.</summary>
    public void Block(string alarm) => _blocked.Add(alarm);

    /// <returns>At most so many, oldest first; none if nothing live waits.</returns>
    public IReadOnlyList<OutboxRecord> NextLive(int most)
    {
        var batch = new SortedDictionary<long, OutboxRecord>();
        while (batch.Count == 0 && _outbox.ReadAfter(_live, most) is { Count: > 0 } live)
        {
            foreach (var record in live)
            {
                if (!TryAdd(batch, record, most))
                {
                    break;
                }

                _live = record.Position;
            }
        }

        return [.. batch.Values];
    }

    /// <returns>At most so many, oldest first; none if the backlog is through.</returns>
    public IReadOnlyList<OutboxRecord> NextBacklog(int most)
    {
        while (HasBacklog)
        {
            var records = _outbox.ReadAfter(_backlog, most, _backlogEnd);
            _backlog = records.Count > 0 ? records[^1].Position : _backlogEnd;
            if (records.Where(MaySend).ToList() is { Count: > 0 } batch)
            {
                return batch;
            }
        }

        return [];
    }

    /// <returns>False if the record must wait for the next batch, because what goes before it fills this one.</returns>
    private bool TryAdd(SortedDictionary<long, OutboxRecord> batch, OutboxRecord record, int most)
    {
        if (!MaySend(record))
        {
            return true;
        }

        if (record.Alarm is { } alarm && HasBacklog)
        {
            var earlier = _outbox.ReadOfAlarm(alarm, record.Position, most + _acknowledged.Count).Where(MaySend).Take(most).ToList();
            foreach (var before in earlier)
            {
                if (batch.Count == most && !batch.ContainsKey(before.Position))
                {
                    return false;
                }

                batch[before.Position] = before;
            }

            if (earlier.Count == most)
            {
                return false;
            }
        }

        return batch.Count < most && batch.TryAdd(record.Position, record);
    }

    private bool MaySend(OutboxRecord record) =>
        !_acknowledged.Contains(record.Position) && (record.Alarm is not { } alarm || !_blocked.Contains(alarm));
}
