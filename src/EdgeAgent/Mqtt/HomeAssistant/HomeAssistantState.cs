using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Alarms;

namespace EdgeAgent.Mqtt.HomeAssistant;

/// <summary>
/// The alarms as they stand, for a display that was not there when they were raised; docs/schema/state.schema.json. It
/// shows what decisions told: an alarm that is shelved or was suppressed in a flood is not in it.
/// </summary>
/// <param name="Severity">Of the machine alarm: "none", "warning" or "critical".</param>
/// <param name="SensorAlarms">Channels.</param>
/// <param name="Shelved">The machine or channels.</param>
internal sealed record HomeAssistantState(
    string Schema, bool MachineAlarm, string Severity, bool Acknowledged, IReadOnlyList<string> SensorAlarms, IReadOnlyList<string> Shelved)
{
    public const string SchemaName = "edgeagent/state/1";

    public static HomeAssistantState Of(IEnumerable<SourceState> sources)
    {
        var all = sources.OrderBy(source => source.Source.Name, StringComparer.Ordinal).ToArray();
        var shown = all.Where(source => source is { Stands: true, Shelf: null, Alarm.Suppressed: false }).ToArray();
        var machine = shown.FirstOrDefault(source => source.Source.IsMachine)?.Alarm;
        return new HomeAssistantState(
            SchemaName,
            machine is not null,
            machine is null ? "none" : machine.Severity == Core.Alarms.Severity.Critical ? "critical" : "warning",
            machine?.Acknowledged is not null,
            [.. shown.Where(source => !source.Source.IsMachine).Select(source => source.Source.Name)],
            [.. all.Where(source => source.Shelf is not null).Select(source => source.Source.Name)]);
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, HomeAssistantStateJson.Default.HomeAssistantState);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(HomeAssistantState))]
internal sealed partial class HomeAssistantStateJson : JsonSerializerContext;
