using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <content>What people say about alarms.</content>
internal sealed partial class AlarmJournal
{
    /// <summary>What somebody said about an alarm afterwards; the last word counts.</summary>
    /// <returns>False if the history does not know the alarm.</returns>
    /// <exception cref="SqliteException">The disk is full, read-only or broken.</exception>
    public bool TryGiveFeedback(Guid alarmId, string verdict, string? who, string? comment, DateTimeOffset now)
    {
        lock (_gate)
        {
            using var give = SqliteFile.Make(
                _connection,
                """
                INSERT INTO feedback SELECT $alarm, $at, $verdict, $who, $comment WHERE EXISTS (SELECT 1 FROM history WHERE alarm_id = $alarm)
                ON CONFLICT (alarm_id) DO UPDATE SET at_ms = $at, verdict = $verdict, who = $who, comment = $comment
                """,
                ("$alarm", alarmId.ToString()), ("$at", now.ToUnixTimeMilliseconds()), ("$verdict", verdict), ("$who", who), ("$comment", comment));
            return give.ExecuteNonQuery() > 0;
        }
    }
}
