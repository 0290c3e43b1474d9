using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>
/// What the device knows of its alarms, in <c>alarms.db</c>: where each stands, and the history of what was decided. It is
/// written before the outbox, so that no kill can part them:
/// <code>
///   journal: state + decision, number n ──▶ outbox: decision + "have n" ──▶ journal: n is handed over
///            a kill here: n is found open at the next start, and handed over then
///                                              a kill here: the outbox remembers n, and it is not handed over twice
/// </code>
/// Thread-safe. A disk that refuses costs history and nothing else: states are kept in memory and written when it is well.
/// </summary>
internal sealed partial class AlarmJournal : IAsyncDisposable
{
    private const int PruneEvery = 100;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly HistoryLimits _limits;
    private readonly Dictionary<AlarmSource, SourceState> _unwritten = [];
    private readonly string? _memoryOnly;
    private long _next;
    private int _sincePruned;
    private bool _logHasRefused;

    /// <param name="handed">The highest number that the outbox remembers.</param>
    /// <param name="memoryOnly">Why it is not on the disk; null if it is.</param>
    /// <exception cref="SqliteException">The database cannot be read or written.</exception>
    public AlarmJournal(SqliteConnection connection, long handed, HistoryLimits limits, Moment now, string? memoryOnly = null)
    {
        Trouble = _memoryOnly = memoryOnly;
        _connection = connection;
        _limits = limits;
        using var mark = SqliteFile.Make(connection, "UPDATE history SET handed = 1 WHERE handed = 0 AND n <= $n", ("$n", handed));
        mark.ExecuteNonQuery();
        AlarmStatements.Prune(connection, limits, now);
        _next = Math.Max(handed, SqliteFile.Scalar(connection, "SELECT COALESCE(MAX(n), 0) FROM history")) + 1;
    }

    /// <summary>Why the last write failed; null if it did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Decisions and diagnoses that did not get into the history because the disk refused.</summary>
    public long HistoryLost { get; private set; }

    public IReadOnlyList<SourceState> States()
    {
        lock (_gate)
        {
            return AlarmStatements.ReadStates(_connection);
        }
    }

    /// <summary>Writes states and history, one transaction for all. Does not throw for a disk that refuses.</summary>
    /// <returns>What is to go to the outbox, in the same order.</returns>
    public IReadOnlyList<OutboxItem> Record(IReadOnlyList<OutboxItem> batch, Moment now)
    {
        lock (_gate)
        {
            // What already has a number was found open at the start, and lies in the history.
            var fresh = new List<OutboxItem>();
            var numbered = batch.Select(item => Concerns(item) ? Number(item, fresh) : item).ToArray();
            foreach (var entry in numbered.Select(EntryOf).OfType<AlarmEntry>())
            {
                _unwritten[entry.State.Source] = entry.State;
            }

            var written = TryWrite(fresh, now) && _memoryOnly is null;
            foreach (var entry in numbered.Select(EntryOf).OfType<AlarmEntry>())
            {
                entry.Written?.TrySetResult(written);
            }

            return [.. numbered.Where(item => item is not OutboxItem.ForState && EntryOf(item) is not { Published: false })];
        }
    }

    /// <summary>Tries again to write states that could not be written.</summary>
    public void Retry(Moment now)
    {
        lock (_gate)
        {
            if (_unwritten.Count > 0)
            {
                TryWrite([], now);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private OutboxItem Number(OutboxItem item, List<OutboxItem> fresh)
    {
        var numbered = item with { Journal = _next++ };
        fresh.Add(numbered);
        return numbered;
    }

    private bool TryWrite(List<OutboxItem> history, Moment now)
    {
        if (_unwritten.Count == 0 && history.Count == 0)
        {
            return true;
        }

        try
        {
            using var transaction = new AtomicTransaction(_connection);
            foreach (var state in _unwritten.Values)
            {
                AlarmStatements.Write(_connection, state);
            }

            foreach (var item in history)
            {
                AlarmStatements.Write(_connection, item, now);
            }

            transaction.Commit();
            _unwritten.Clear();
            Trouble = _memoryOnly;
            _sincePruned += history.Count;
            _logHasRefused = _logHasRefused && !SqliteFile.TryBeginLogAnew(_connection);
        }
        catch (SqliteException e)
        {
            _logHasRefused = true;
            Trouble = e.Message;
            HistoryLost += history.Count;
            return false;
        }

        if (_sincePruned >= PruneEvery)
        {
            _sincePruned = 0;
            Prune(now);
        }

        return true;
    }

    private void Prune(Moment now)
    {
        try
        {
            AlarmStatements.Prune(_connection, _limits, now);
        }
        catch (SqliteException)
        {
            // It is tried again; a disk that is in trouble is told by the next write.
            _logHasRefused = true;
        }
    }

    private static bool Concerns(OutboxItem item) =>
        item is OutboxItem.ForDecision { Alarm: not null, Journal: 0 } or OutboxItem.ForDiagnosis { Journal: 0 };

    private static AlarmEntry? EntryOf(OutboxItem item) => item switch
    {
        OutboxItem.ForDecision decision => decision.Alarm,
        OutboxItem.ForState state => state.Alarm,
        _ => null,
    };
}
