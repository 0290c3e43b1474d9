using System.Globalization;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <summary>The MQTT user properties of a stored message: what a receiver may want to know before it parses the payload.</summary>
internal static class RecordProperties
{
    private static readonly MqttUserProperty Historical = new("historical", "true");
    private static readonly MqttUserProperty OfDecision = new("schema", Decision.SchemaName);
    private static readonly MqttUserProperty OfDiagnosis = new("schema", Diagnosis.CurrentSchema);

    public static IReadOnlyList<MqttUserProperty> Of(OutboxRecord record, bool historical)
    {
        var made = new List<MqttUserProperty>(3) { record.Kind == OutboxRecord.DiagnosisKind ? OfDiagnosis : OfDecision };
        if (record.Seq is { } seq)
        {
            made.Add(new MqttUserProperty("seq", seq.ToString(CultureInfo.InvariantCulture)));
        }

        if (historical)
        {
            made.Add(Historical);
        }

        return made;
    }
}
