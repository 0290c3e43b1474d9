using System.Globalization;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>
/// The durable queue between deciding and sending. What <see cref="Commit"/> returned survives a power cut; a record
/// leaves only by <see cref="Settle"/>. Thread-safe: one statement or transaction at a time.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private const string JournalCounter = "journal";

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    /// <exception cref="SqliteException">The file is no database, or cannot be written.</exception>
    public Outbox(string path) => _connection = OutboxDatabase.Open(path);

    /// <summary>
    /// Stores all items in one transaction, so that many producers share one fsync. Gives each decision the next
    /// sequence number. Safe to retry after an exception: nothing was stored then.
    /// </summary>
    /// <param name="now">The wall clock, by which a late delivery is told.</param>
    /// <returns>The records, in the order of the items, as they now stand on the disk.</returns>
    /// <exception cref="SqliteException">The disk is full, read-only or broken.</exception>
    public IReadOnlyList<OutboxRecord> Commit(IReadOnlyList<OutboxItem> items, DateTimeOffset now)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            var seq = Counter("seq", transaction);
            var records = new List<OutboxRecord>(items.Count);
            foreach (var item in items)
            {
                records.Add(Insert(item, ref seq, now, transaction));
            }

            SetCounter("seq", seq, transaction);
            SetCounter("stored", Counter("stored", transaction) + items.Count, transaction);
            if (items.Select(item => item.Journal).DefaultIfEmpty().Max() is > 0 and var journal)
            {
                SetCounter(JournalCounter, journal, transaction);
            }

            transaction.Commit();
            return records;
        }
    }

    /// <summary>The highest number of the alarm journal that ever was committed here.</summary>
    public long LastJournal()
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction(deferred: true);
            return Counter(JournalCounter, transaction);
        }
    }

    /// <summary>Waiting records behind a position, oldest first.</summary>
    public IReadOnlyList<OutboxRecord> ReadAfter(long position, int most)
    {
        lock (_gate)
        {
            using var command = Command("SELECT position, id, kind, seq, made_ms, body FROM outbox WHERE position > $after ORDER BY position LIMIT $most");
            command.Parameters.AddWithValue("$after", position);
            command.Parameters.AddWithValue("$most", most);
            using var reader = command.ExecuteReader();
            var records = new List<OutboxRecord>();
            while (reader.Read())
            {
                records.Add(new OutboxRecord(
                    reader.GetInt64(0),
                    Guid.Parse(reader.GetString(1), CultureInfo.InvariantCulture),
                    reader.GetString(2),
                    reader.IsDBNull(3) ? null : reader.GetInt64(3),
                    reader.GetInt64(4),
                    reader.GetFieldValue<byte[]>(5)));
            }

            return records;
        }
    }

    /// <summary>Takes records out: acknowledged ones for good, refused ones into the dead-letter table.</summary>
    public void Settle(IReadOnlyList<Settlement> settlements)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            long delivered = 0, dead = 0;
            foreach (var settlement in settlements)
            {
                if (settlement.DeadReason is { } reason)
                {
                    Bury(settlement.Position, reason, transaction);
                }

                using var delete = Command("DELETE FROM outbox WHERE position = $position", transaction);
                delete.Parameters.AddWithValue("$position", settlement.Position);
                var gone = delete.ExecuteNonQuery();
                delivered += settlement.DeadReason is null ? gone : 0;
                dead += settlement.DeadReason is null ? 0 : gone;
            }

            SetCounter("delivered", Counter("delivered", transaction) + delivered, transaction);
            SetCounter("dead", Counter("dead", transaction) + dead, transaction);
            transaction.Commit();
        }
    }

    public OutboxStatus Status()
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction(deferred: true);
            using var command = Command("SELECT COUNT(*), MIN(made_ms) FROM outbox", transaction);
            using var reader = command.ExecuteReader();
            reader.Read();
            return new OutboxStatus(
                Counter("stored", transaction),
                Counter("delivered", transaction),
                reader.GetInt64(0),
                Counter("dead", transaction),
                Counter("seq", transaction),
                reader.IsDBNull(1) ? null : reader.GetInt64(1));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private OutboxRecord Insert(OutboxItem item, ref long seq, DateTimeOffset now, SqliteTransaction transaction)
    {
        var (id, kind, number, severity, body) = item switch
        {
            OutboxItem.ForDecision { Decision: var draft } => Numbered(draft with { Seq = ++seq }),
            OutboxItem.ForDiagnosis { Diagnosis: var made, Severity: var grade } =>
                (made.Id, OutboxRecord.DiagnosisKind, (long?)null, grade, DiagnosisJson.Write(made)),
            _ => throw new ArgumentException($"unknown item {item.GetType().Name}", nameof(item)),
        };
        using var command = Command(
            "INSERT INTO outbox (id, kind, seq, severity, made_ms, body) VALUES ($id, $kind, $seq, $severity, $made, $body) RETURNING position",
            transaction);
        command.Parameters.AddWithValue("$id", id.ToString());
        command.Parameters.AddWithValue("$kind", kind);
        command.Parameters.AddWithValue("$seq", (object?)number ?? DBNull.Value);
        command.Parameters.AddWithValue("$severity", severity);
        command.Parameters.AddWithValue("$made", now.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$body", body);
        var position = (long)command.ExecuteScalar()!;
        return new OutboxRecord(position, id, kind, number, now.ToUnixTimeMilliseconds(), body);
    }

    private static (Guid, string, long?, string, byte[]) Numbered(Decision decision) =>
        (decision.Id, OutboxRecord.DecisionKind, decision.Seq, decision.Severity, DecisionJson.Write(decision));

    private void Bury(long position, int reason, SqliteTransaction transaction)
    {
        using var command = Command(
            "INSERT OR IGNORE INTO dead_letter SELECT position, id, kind, $reason, body FROM outbox WHERE position = $position", transaction);
        command.Parameters.AddWithValue("$position", position);
        command.Parameters.AddWithValue("$reason", reason);
        command.ExecuteNonQuery();
    }

    private long Counter(string name, SqliteTransaction transaction)
    {
        using var command = Command("SELECT value FROM counter WHERE name = $name", transaction);
        command.Parameters.AddWithValue("$name", name);
        return (long?)command.ExecuteScalar() ?? 0;
    }

    private void SetCounter(string name, long value, SqliteTransaction transaction)
    {
        using var command = Command("INSERT INTO counter VALUES ($name, $value) ON CONFLICT DO UPDATE SET value = $value", transaction);
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, SqliteTransaction? transaction = null)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }
}
