using System.Text.Json;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Alarms;

/// <summary>Reads alarms out of the journal, beside a running agent or without one.</summary>
internal static class AlarmList
{
    /// <summary>The newest alarms, newest first.</summary>
    /// <param name="standing">Only those whose cause is there, or that are latched.</param>
    /// <param name="snapshots">Alarms whose readings are kept.</param>
    /// <exception cref="SqliteException">The journal cannot be read.</exception>
    public static IReadOnlyList<AlarmLine> Read(SqliteConnection connection, bool standing, int most, IReadOnlySet<Guid> snapshots)
    {
        var states = AlarmStatements.ReadStates(connection).Where(state => state.Alarm is not null).ToDictionary(state => state.Alarm!.Id);
        var lines = standing
            ? states.Values.Where(state => state.Stands).Select(state => Line(connection, state.Alarm!.Id, state)).OfType<AlarmLine>()
                .OrderByDescending(line => line.RaisedAt)
            : Newest(connection, most).Select(id => Line(connection, id, states.GetValueOrDefault(id))).OfType<AlarmLine>();
        return [.. lines.Take(most).Select(line => line with { Snapshot = snapshots.Contains(line.AlarmId) })];
    }

    private static List<Guid> Newest(SqliteConnection connection, int most)
    {
        using var command = SqliteFile.Make(
            connection, "SELECT alarm_id FROM history GROUP BY alarm_id ORDER BY MIN(n) DESC LIMIT $most", ("$most", most));
        using var reader = command.ExecuteReader();
        var ids = new List<Guid>();
        while (reader.Read())
        {
            ids.Add(Guid.Parse(reader.GetString(0)));
        }

        return ids;
    }

    /// <param name="state">null if the source has had another alarm since.</param>
    /// <returns>null if the history has nothing of it but a diagnosis.</returns>
    private static AlarmLine? Line(SqliteConnection connection, Guid id, SourceState? state)
    {
        var decisions = new List<Decision>();
        var published = true;
        Diagnosis? diagnosis = null;
        using var command = SqliteFile.Make(
            connection, "SELECT schema, published, body FROM history WHERE alarm_id = $alarm ORDER BY n", ("$alarm", id.ToString()));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var body = reader.GetFieldValue<byte[]>(2);
            if (reader.GetString(0) != "decision")
            {
                diagnosis = JsonSerializer.Deserialize(body, DiagnosisJson.Default.Diagnosis);
                continue;
            }

            published = decisions.Count == 0 ? reader.GetInt64(1) == 1 : published;
            decisions.Add(JsonSerializer.Deserialize(body, DecisionJson.Default.Decision)!);
        }

        if (decisions.Count == 0)
        {
            return null;
        }

        var (first, last) = (decisions[0], decisions[^1]);
        var said = decisions.FindLast(decision => decision.Event == "acknowledged")?.Data;
        var status = state?.Status ?? last.Alarm!;
        return new AlarmLine(
            id,
            first.Kind,
            first.Kind == "machine" ? first.Machine : first.Data?.GetValueOrDefault("channel") ?? "",
            state?.Alarm!.Phase.Name() ?? (status is { Active: false, Acknowledged: false } ? "returned-unacknowledged" : "ended"),
            last.Severity,
            last.Code,
            first.At,
            first.Clock,
            published,
            last.Event,
            last.At,
            decisions.Count,
            status.Acknowledged,
            status.Acknowledged ? said?.GetValueOrDefault("who") : null,
            status.Acknowledged ? said?.GetValueOrDefault("comment") : null,
            state?.Shelf?.Until,
            diagnosis?.Fault,
            diagnosis?.Summary,
            Feedback(connection, id),
            Snapshot: false);
    }

    private static string? Feedback(SqliteConnection connection, Guid id)
    {
        using var command = SqliteFile.Make(connection, "SELECT verdict FROM feedback WHERE alarm_id = $alarm", ("$alarm", id.ToString()));
        return (string?)command.ExecuteScalar();
    }
}
