using System.Text.Json;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Storage;

/// <content>What an alarm of the past was about.</content>
internal sealed partial class AlarmJournal
{
    /// <returns>null if the history does not know the alarm, or cannot be read now.</returns>
    public AlarmSource? SourceOf(Guid alarmId)
    {
        lock (_gate)
        {
            try
            {
                using var find = SqliteFile.Make(
                    _connection, "SELECT body FROM history WHERE alarm_id = $alarm AND schema = 'decision' ORDER BY n LIMIT 1", ("$alarm", alarmId.ToString()));
                var first = find.ExecuteScalar() is byte[] body ? JsonSerializer.Deserialize(body, DecisionJson.Default.Decision) : null;
                return first is null ? null
                    : first.Kind == AlarmSource.MachineKind ? AlarmSource.Machine(first.Machine)
                    : first.Data?.GetValueOrDefault("channel") is { } channel ? AlarmSource.Sensor(channel)
                    : null;
            }
            catch (Exception e) when (e is SqliteException or JsonException)
            {
                return null;
            }
        }
    }
}
