using EdgeAgent.Core.Outbox;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>The statements on one open database; who calls them holds the lock and, where something changes, a transaction.</summary>
internal sealed class OutboxTable(SqliteConnection connection) : IDisposable
{
    private const string Columns = "position, id, kind, seq, severity, rank, alarm, parent, synced, made_ms, body, seal";

    /// <summary>Statements are prepared once: preparing costs more than most of them take.</summary>
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public AtomicTransaction Begin() => new(connection);

    /// <summary>Takes no lock that a writer would wait for.</summary>
    public AtomicTransaction BeginReading() => new(connection, writes: false);

    public bool TryBeginLogAnew() => SqliteFile.TryBeginLogAnew(connection);

    /// <returns>The row's position.</returns>
    public long Insert(OutboxRow row)
    {
        row = row.Position == 0 ? row with { Position = NewestPosition() + 1 } : row;
        var command = Prepared(
            "INSERT INTO outbox (position, id, kind, seq, severity, rank, alarm, parent, synced, made_ms, size, seal, body) "
            + "VALUES ($position, $id, $kind, $seq, $severity, $rank, $alarm, $parent, $synced, $made, $size, $seal, $body) RETURNING position",
            ("$position", row.Position), ("$id", row.Id), ("$kind", row.Kind), ("$seq", row.Seq), ("$severity", row.Severity),
            ("$rank", row.Rank), ("$alarm", row.Alarm), ("$parent", row.Parent), ("$synced", row.Synced ? 1 : 0), ("$made", row.MadeMs),
            ("$size", row.Size), ("$seal", row.Seal()), ("$body", row.Body));
        return (long)command.ExecuteScalar()!;
    }

    /// <param name="rest">What follows FROM outbox.</param>
    /// <exception cref="SqliteException">Also for a row whose seal is broken: it counts as a corrupt database.</exception>
    public List<OutboxRow> Read(string rest, params (string Name, object? Value)[] values)
    {
        var command = Prepared($"SELECT {Columns} FROM outbox {rest}", values);
        using var reader = command.ExecuteReader();
        var rows = new List<OutboxRow>();
        while (reader.Read())
        {
            rows.Add(RowOf(reader));
        }

        return rows;
    }

    /// <returns>The bytes that became free; null if it was gone.</returns>
    public long? Delete(long position)
    {
        var command = Prepared("DELETE FROM outbox WHERE position = $position RETURNING size", ("$position", position));
        return (long?)command.ExecuteScalar();
    }

    /// <summary>All with one statement: one for each would take most of the time of a drain.</summary>
    /// <param name="positions">In order, so that neighbours are found together.</param>
    /// <returns>How many of them were there, and the bytes that became free.</returns>
    public (long Records, long Bytes) Delete(IReadOnlyList<long> positions)
    {
        const string These = "FROM outbox WHERE position IN (SELECT value FROM json_each($positions))";
        var list = ("$positions", (object)$"[{string.Join(',', positions)}]");
        (long, long) found;
        using (var reader = Prepared($"SELECT COUNT(*), COALESCE(SUM(size), 0) {These}", list).ExecuteReader())
        {
            reader.Read();
            found = (reader.GetInt64(0), reader.GetInt64(1));
        }

        Execute($"DELETE {These}", list);
        return found;
    }

    public void Bury(long position, int reason) => Execute(
        "INSERT OR IGNORE INTO dead_letter SELECT position, id, kind, $reason, size, body FROM outbox WHERE position = $position",
        ("$position", position), ("$reason", reason));

    /// <summary>The oldest dead letters make room first: a broker refused them for good, and they were told as dead.</summary>
    /// <returns>The bytes that became free; 0 if there were none.</returns>
    public long DropDeadLetters(int most)
    {
        var command = Prepared(
            "DELETE FROM dead_letter WHERE position IN (SELECT position FROM dead_letter ORDER BY position LIMIT $most) RETURNING size", ("$most", most));
        using var reader = command.ExecuteReader();
        long free = 0;
        while (reader.Read())
        {
            free += reader.GetInt64(0);
        }

        return free;
    }

    /// <summary>The newest position that was ever given, also after its record is gone.</summary>
    public long NewestPosition() => Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'");

    /// <summary>Positions go on behind this one.</summary>
    public void StartBehind(long position)
    {
        Execute("INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'outbox')");
        Execute("UPDATE sqlite_sequence SET seq = MAX(seq, $position) WHERE name = 'outbox'", ("$position", position));
    }

    public long Bytes() => Scalar("SELECT COALESCE((SELECT SUM(size) FROM outbox), 0) + COALESCE((SELECT SUM(size) FROM dead_letter), 0)");

    public long Counter(string name) => Scalar("SELECT COALESCE((SELECT value FROM counter WHERE name = $name), 0)", ("$name", name));

    public void SetCounter(string name, long value) =>
        Execute("INSERT INTO counter VALUES ($name, $value) ON CONFLICT DO UPDATE SET value = $value", ("$name", name), ("$value", value));

    public void Count(string name, long more)
    {
        if (more != 0)
        {
            Execute("UPDATE counter SET value = value + $more WHERE name = $name", ("$name", name), ("$more", more));
        }
    }

    public LossTally Losses()
    {
        var command = Prepared("SELECT reason, severity, count, first_seq, last_seq, first_ms, last_ms FROM loss");
        using var reader = command.ExecuteReader();
        var tally = new LossTally();
        while (reader.Read())
        {
            tally.Add(new Loss(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetInt64(3),
                reader.IsDBNull(4) ? null : reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)));
        }

        return tally;
    }

    public void SetLosses(LossTally tally)
    {
        Execute("DELETE FROM loss");
        foreach (var loss in tally.Losses)
        {
            Execute(
                "INSERT INTO loss VALUES ($reason, $severity, $count, $first, $last, $from, $to)",
                ("$reason", loss.Reason), ("$severity", loss.Severity), ("$count", loss.Count), ("$first", loss.FirstSeq), ("$last", loss.LastSeq),
                ("$from", loss.FirstMs), ("$to", loss.LastMs));
        }
    }

    public long Scalar(string sql, params (string Name, object? Value)[] values)
    {
        var command = Prepared(sql, values);
        return command.ExecuteScalar() as long? ?? 0;
    }

    public void Execute(string sql, params (string Name, object? Value)[] values)
    {
        var command = Prepared(sql, values);
        command.ExecuteNonQuery();
    }

    /// <summary>One that is used once; the caller disposes it.</summary>
    public SqliteCommand Command(string sql, params (string Name, object? Value)[] values) => SqliteFile.Make(connection, sql, values);

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    /// <summary>Stays the table's. Whoever reads from it ends that before it is asked for again.</summary>
    /// <param name="values">The same names in the same order every time.</param>
    private SqliteCommand Prepared(string sql, params (string Name, object? Value)[] values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Command(sql, values);
            _prepared.Add(sql, command);
            return command;
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        }

        return command;
    }

    private static OutboxRow RowOf(SqliteDataReader reader)
    {
        try
        {
            var row = new OutboxRow(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetInt64(3), reader.GetString(4),
                reader.GetInt32(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.IsDBNull(7) ? null : reader.GetString(7),
                reader.GetInt64(8) != 0, reader.GetInt64(9), reader.GetFieldValue<byte[]>(10));
            return row.Seal() == reader.GetInt64(11) ? row : throw Damaged(row.Position);
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException or OverflowException)
        {
            // A flipped bit made a column another type.
            throw Damaged(reader.GetInt64(0));
        }
    }

    private static SqliteException Damaged(long position) => new($"record {position} is damaged", SqliteCodes.Corrupt);
}
