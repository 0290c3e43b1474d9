using System.Text.Json;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <summary>The SQL behind the alarm journal.</summary>
internal static class AlarmStatements
{
    private const string Decision = "decision";

    public static IReadOnlyList<SourceState> ReadStates(SqliteConnection connection)
    {
        using var command = SqliteFile.Make(connection, "SELECT state FROM standing ORDER BY kind, name");
        using var reader = command.ExecuteReader();
        var states = new List<SourceState>();
        while (reader.Read())
        {
            if (SourceStateJson.TryRead(reader.GetFieldValue<byte[]>(0)) is { } state)
            {
                states.Add(state);
            }
        }

        return states;
    }

    public static IReadOnlyList<OutboxItem> ReadOpen(SqliteConnection connection)
    {
        using var command = SqliteFile.Make(connection, "SELECT n, schema, severity, body FROM history WHERE handed = 0 ORDER BY n");
        using var reader = command.ExecuteReader();
        var items = new List<OutboxItem>();
        while (reader.Read())
        {
            var body = reader.GetFieldValue<byte[]>(3);
            OutboxItem item = reader.GetString(1) == Decision
                ? new OutboxItem.ForDecision(JsonSerializer.Deserialize(body, DecisionJson.Default.Decision)!)
                : new OutboxItem.ForDiagnosis(JsonSerializer.Deserialize(body, DiagnosisJson.Default.Diagnosis)!, reader.GetString(2));
            items.Add(item with { Journal = reader.GetInt64(0) });
        }

        return items;
    }

    public static void Write(SqliteConnection connection, SourceState state)
    {
        using var command = state.IsEmpty
            ? SqliteFile.Make(connection, "DELETE FROM standing WHERE kind = $kind AND name = $name", ("$kind", state.Source.Kind), ("$name", state.Source.Name))
            : SqliteFile.Make(
                connection, "INSERT INTO standing VALUES ($kind, $name, $state) ON CONFLICT DO UPDATE SET state = $state",
                ("$kind", state.Source.Kind), ("$name", state.Source.Name), ("$state", SourceStateJson.Write(state)));
        command.ExecuteNonQuery();
    }

    public static void Write(SqliteConnection connection, OutboxItem item, Moment now)
    {
        var (alarm, schema, severity, published, body) = item switch
        {
            OutboxItem.ForDecision { Decision: var made, Alarm: var entry } =>
                (made.AlarmId ?? made.Id, Decision, made.Severity, entry?.Published != false, DecisionJson.Write(made)),
            OutboxItem.ForDiagnosis { Diagnosis: var said, Severity: var grade } =>
                (said.AlarmId, "diagnosis", grade, true, DiagnosisJson.Write(said)),
            _ => throw new ArgumentException($"{item.GetType().Name} is no history", nameof(item)),
        };
        using var command = SqliteFile.Make(
            connection,
            "INSERT INTO history VALUES ($n, $alarm, $schema, $made, $synced, $severity, $published, $handed, NULL, $body)",
            ("$n", item.Journal),
            ("$alarm", alarm.ToString()),
            ("$schema", schema),
            ("$made", now.At.ToUnixTimeMilliseconds()),
            ("$synced", now.Synced ? 1 : 0),
            ("$severity", severity),
            ("$published", published ? 1 : 0),
            ("$handed", published ? 0 : 1),
            ("$body", body));
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Forgets what is too old, by clocks that can be believed on both ends, and then the oldest twentieth at a time until
    /// the rest fits. What the outbox still has to get stays.
    /// </summary>
    public static void Prune(SqliteConnection connection, HistoryLimits limits, Moment now)
    {
        if (now.Synced)
        {
            using var old = SqliteFile.Make(
                connection, "DELETE FROM history WHERE handed = 1 AND synced = 1 AND made_ms < $before",
                ("$before", (now.At - limits.Age).ToUnixTimeMilliseconds()));
            old.ExecuteNonQuery();
        }

        while (UsedBytes(connection) > limits.Bytes)
        {
            using var oldest = SqliteFile.Make(
                connection, "DELETE FROM history WHERE n IN (SELECT n FROM history WHERE handed = 1 ORDER BY n LIMIT MAX(1, (SELECT COUNT(*) FROM history) / 20))");
            if (oldest.ExecuteNonQuery() == 0)
            {
                break;
            }
        }

        SqliteFile.Run(connection, "DELETE FROM feedback WHERE alarm_id NOT IN (SELECT alarm_id FROM history)");
    }

    private static long UsedBytes(SqliteConnection connection) => SqliteFile.Scalar(
        connection, "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
}
