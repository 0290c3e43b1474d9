using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>A GPIO line is named in one way, and has one user.</summary>
internal sealed class GpioRule : IConfigRule
{
    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        var taken = new HashSet<(string? Chip, string? Line, int? Offset)>();
        foreach (var (place, at) in Places(draft))
        {
            if (place.Line is null == place.Offset is null)
            {
                yield return new SchemaFault(at + "/line", place.Line is null ? "nothing" : $"\"{place.Line}\" beside an offset", "line or offset, one of them");
            }
            else if (place is { Offset: not null, Chip: null })
            {
                yield return new SchemaFault(at + "/chip", "nothing", "the chip that has the line of this offset");
            }
            else if (!taken.Add((place.Chip, place.Line, place.Offset)))
            {
                yield return new SchemaFault(at + (place.Line is null ? "/offset" : "/line"), $"{(place.Line is { } name ? $"\"{name}\"" : place.Offset)} again", "a line that nothing else uses");
            }
        }

        foreach (var (sensor, at) in Sensors(draft))
        {
            for (var i = 0; i < sensor.Readings.Count; i++)
            {
                if (sensor.Edge == GpioEdge.Both && sensor.Readings[i].Measure is GpioMeasure.Frequency or GpioMeasure.Rpm)
                {
                    yield return new SchemaFault(
                        JsonPlace.Below(at + "/readings", i) + "/measure", $"\"{(sensor.Readings[i].Measure == GpioMeasure.Rpm ? "rpm" : "frequency")}\" of both edges", "edge rising or falling for it");
                }
            }
        }
    }

    private static IEnumerable<(IGpioPlace Place, string At)> Places(ConfigDraft draft) => Sensors(draft)
        .Select(each => ((IGpioPlace)each.Sensor, each.At))
        .Concat(draft.Options.Outputs.All.Select(each => ((IGpioPlace)each.Output, $"/outputs/{each.Key}")));

    private static IEnumerable<(GpioSensorOptions Sensor, string At)> Sensors(ConfigDraft draft) =>
        draft.Options.Source is HardwareSourceOptions hardware && draft.IsSound("/source/kind")
            ? hardware.Sensors
                .Select((sensor, i) => (Sensor: (sensor as GpioSensorOptions)!, At: JsonPlace.Below("/source/sensors", i)))
                .Where(each => each.Sensor is not null && draft.IsSound(each.At + "/kind"))
            : [];
}
