using System.Text.Json;

namespace EdgeAgent.Storage;

/// <summary>Takes over what an earlier agent left in the same file; runs inside the transaction that makes the new tables.</summary>
internal static class OutboxMigration
{
    public static void FromVersion1(OutboxTable to)
    {
        using (var read = to.Command("SELECT position, id, kind, seq, severity, made_ms, body FROM outbox_1 ORDER BY position"))
        using (var reader = read.ExecuteReader())
        {
            while (reader.Read())
            {
                var body = reader.GetFieldValue<byte[]>(6);
                using var json = JsonDocument.Parse(body);
                var root = json.RootElement;
                var kind = reader.GetString(2);
                var aboutMachine = kind == OutboxRecord.DiagnosisKind || Text(root, "kind") == "machine";
                to.Insert(new OutboxRow(
                    reader.GetInt64(0), reader.GetString(1), kind, reader.IsDBNull(3) ? null : reader.GetInt64(3), reader.GetString(4),
                    Core.Outbox.EvictionRank.Of(reader.GetString(4), aboutMachine), Text(root, "alarmId"), Text(root, "decisionId"),
                    Synced: false, reader.GetInt64(5), body));
            }
        }

        using var dead = to.Command("INSERT INTO dead_letter SELECT position, id, kind, reason, length(body), body FROM dead_letter_1");
        dead.ExecuteNonQuery();
    }

    private static string? Text(JsonElement root, string key) => root.TryGetProperty(key, out var value) ? value.GetString() : null;
}
