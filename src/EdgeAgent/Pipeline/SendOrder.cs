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
    private readonly SendWindow _window;
    private readonly int _readAhead;
    private readonly HashSet<string> _blocked = [];
    private Queue<OutboxRecord> _ahead = [];
    private long _live;
    private long _backlog;
    private long _backlogEnd;

    /// <param name="readAhead">So many records of the backlog are read at once.</param>
    public SendOrder(Outbox outbox, SendWindow window, int readAhead)
    {
        _outbox = outbox;
        _window = window;
        _readAhead = readAhead;
        StartAgain();
    }

    public bool HasBacklog => _ahead.Count > 0 || _backlog < _backlogEnd;

    /// <summary>Everything that waits is backlog now, also what was refused.</summary>
    public void StartAgain()
    {
        _live = _backlogEnd = _outbox.NewestPosition();
        _backlog = 0;
        _ahead.Clear();
        _blocked.Clear();
    }

    /// <summary>A record was refused: nothing of its alarm goes before it is tried again.</summary>
    public void Block(string? alarm)
    {
        if (alarm is not null)
        {
            _blocked.Add(alarm);
        }
    }

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

        if (_ahead.Any(record => batch.ContainsKey(record.Position)))
        {
            _ahead = new Queue<OutboxRecord>(_ahead.Where(record => !batch.ContainsKey(record.Position)));
        }

        return [.. batch.Values];
    }

    /// <returns>At most so many, oldest first; none if the backlog is through.</returns>
    public IReadOnlyList<OutboxRecord> NextBacklog(int most)
    {
        var batch = new List<OutboxRecord>();
        while (batch.Count < most && HasBacklog)
        {
            if (!_ahead.TryDequeue(out var record))
            {
                ReadAhead();
            }
            else if (!IsBlocked(record))
            {
                batch.Add(record);
            }
        }

        return batch;
    }

    /// <summary>What is on its way is left out here, while the outbox still has it: later nobody could tell that it was sent.</summary>
    private void ReadAhead()
    {
        var records = _outbox.ReadAfter(_backlog, _readAhead, _backlogEnd);
        _backlog = records.Count > 0 ? records[^1].Position : _backlogEnd;
        foreach (var record in records.Where(record => !_window.Holds(record.Position)))
        {
            _ahead.Enqueue(record);
        }
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
            var earlier = _outbox.ReadOfAlarm(alarm, record.Position, most + _window.Count).Where(MaySend).Take(most).ToList();
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

    private bool MaySend(OutboxRecord record) => !_window.Holds(record.Position) && !IsBlocked(record);

    private bool IsBlocked(OutboxRecord record) => record.Alarm is { } alarm && _blocked.Contains(alarm);
}
