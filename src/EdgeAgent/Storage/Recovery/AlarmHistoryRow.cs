using System.Text.Json;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Storage.Recovery;

/// <summary>One line of the alarm journal's history, as it lies in the table.</summary>
/// <param name="Id">Of the decision or diagnosis.</param>
/// <param name="Seq">null for what the outbox did not number.</param>
internal sealed record AlarmHistoryRow(
    long Number, Guid Id, string Alarm, string Schema, long MadeMs, bool Synced, string Severity, bool Published, bool Handed, long? Seq, byte[] Body)
{
    public const int Columns = 10;

    /// <returns>null unless the body is what the columns say: it can be handed over and listed.</returns>
    public static AlarmHistoryRow? TryRead(RecordFields fields, long number)
    {
        if (number > 0 && fields.Text(1) is { } alarm && fields.Text(2) is { } schema && fields.Integer(3) is { } made && fields.Text(5) is { } severity
            && fields.Integer(4) is 0 or 1 && fields.Integer(6) is 0 or 1 && fields.Integer(7) is 0 or 1 && fields.Blob(9) is { } body
            && IdOf(schema, alarm, severity, body) is { } id)
        {
            return new AlarmHistoryRow(
                number, id, alarm, schema, made, fields.Integer(4) == 1, severity, fields.Integer(6) == 1, fields.Integer(7) == 1, fields.Integer(8), body);
        }

        return null;
    }

    private static Guid? IdOf(string schema, string alarm, string severity, byte[] body)
    {
        try
        {
            if (schema == "decision")
            {
                var made = JsonSerializer.Deserialize(body, DecisionJson.Default.Decision);
                return made is not null && (made.AlarmId ?? made.Id).ToString() == alarm && made.Severity == severity ? made.Id : null;
            }

            var said = schema == "diagnosis" ? JsonSerializer.Deserialize(body, DiagnosisJson.Default.Diagnosis) : null;
            return said is not null && said.AlarmId.ToString() == alarm ? said.Id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
