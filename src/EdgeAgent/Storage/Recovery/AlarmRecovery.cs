using EdgeAgent.Core.Decisions;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage.Recovery;

/// <summary>Makes a new alarms.db of what is readable in a damaged one.</summary>
internal sealed class AlarmRecovery(string path, HistoryLimits limits)
{
    private readonly Replacement _replacement = new(path);

    /// <summary>Ends what a power cut interrupted.</summary>
    public void Finish() => _replacement.Finish();

    /// <param name="why">What was found wrong.</param>
    /// <exception cref="SqliteException">The disk refuses; the damaged files are untouched.</exception>
    /// <exception cref="IOException">The same.</exception>
    public AlarmSalvage Run(string why, Moment now)
    {
        var found = AlarmCarver.Carve(path);
        _replacement.Clear();
        using (var connection = AlarmDatabase.Open(_replacement.Path))
        {
            using (var transaction = new AtomicTransaction(connection))
            {
                Fill(connection, found);
                transaction.Commit();
            }

            // One file that needs no log: it is renamed as a whole.
            SqliteFile.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var name = _replacement.TakePlace(now.At, limits.Bytes);
        return new AlarmSalvage(name, why, found.Standing.Count, found.History.Count, found.Damaged);
    }

    private static void Fill(SqliteConnection connection, AlarmCarver found)
    {
        foreach (var state in found.Standing.Values)
        {
            AlarmStatements.Write(connection, state);
        }

        foreach (var row in found.History)
        {
            using var insert = SqliteFile.Make(
                connection, "INSERT INTO history VALUES ($n, $alarm, $schema, $made, $synced, $severity, $published, $handed, $seq, $body)",
                ("$n", row.Number), ("$alarm", row.Alarm), ("$schema", row.Schema), ("$made", row.MadeMs), ("$synced", row.Synced ? 1 : 0),
                ("$severity", row.Severity), ("$published", row.Published ? 1 : 0), ("$handed", row.Handed ? 1 : 0), ("$seq", row.Seq), ("$body", row.Body));
            insert.ExecuteNonQuery();
        }

        foreach (var (alarm, said) in found.Feedback)
        {
            using var insert = SqliteFile.Make(
                connection, "INSERT INTO feedback VALUES ($alarm, $at, $verdict, $who, $comment)",
                ("$alarm", alarm), ("$at", said.AtMs), ("$verdict", said.Verdict), ("$who", said.Who), ("$comment", said.Comment));
            insert.ExecuteNonQuery();
        }
    }
}
