using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>A chip gives what it has, sits where it can, and this build can read it.</summary>
internal sealed class BindingRule : IConfigRule
{
    public const string Lacks = "this build lacks System.Device.Gpio and Iot.Device.Bindings (docs/feeds.md)";

    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        if (!draft.IsSound("/source/kind") || draft.Options.Source is not HardwareSourceOptions source)
        {
            return [];
        }

        var adapter = source.Adapter == HardwareAdapter.SystemDevice && IsMissing(draft)
            ? [new SchemaFault("/source/adapter", "\"system-device\"", $"\"kernel\": {Lacks}")]
            : Enumerable.Empty<SchemaFault>();
        return adapter.Concat(source.Sensors
            .Select((sensor, i) => (Sensor: sensor as BindingSensorOptions, Place: JsonPlace.Below("/source/sensors", i)))
            .Where(each => each.Sensor is not null && draft.IsSound(each.Place + "/kind"))
            .SelectMany(each => OneOf(each.Sensor!, each.Place, draft)));
    }

    private static IEnumerable<SchemaFault> OneOf(BindingSensorOptions sensor, string place, ConfigDraft draft)
    {
        if (IsMissing(draft))
        {
            yield return new SchemaFault(place + "/kind", "\"binding\"", $"i2c-register, iio or hwmon for a chip: {Lacks}");
        }

        if (!draft.IsSound(place + "/chip"))
        {
            yield break;
        }

        var name = sensor.Chip.ToString().ToLowerInvariant();
        var onSpi = BindingValues.IsOnSpi(sensor.Chip);
        if (onSpi ? sensor.Address is not null : sensor.Select is not null)
        {
            yield return new SchemaFault(
                place + (onSpi ? "/address" : "/select"), onSpi ? $"\"{sensor.Address}\"" : SchemaText.Number(sensor.Select!.Value), $"none, because {name} is on {(onSpi ? "SPI" : "I2C")}");
        }

        var values = BindingValues.Of(sensor.Chip);
        for (var i = 0; i < sensor.Readings.Count; i++)
        {
            if (!values.Contains(sensor.Readings[i].Value))
            {
                yield return new SchemaFault(JsonPlace.Below(place + "/readings", i) + "/value", $"\"{sensor.Readings[i].Value}\"", $"what {name} gives: {string.Join(", ", values)}");
            }
        }
    }

    /// <summary>Only a computer that reads the sensors needs what reads them.</summary>
    private static bool IsMissing(ConfigDraft draft) => !BuiltWith.DeviceBindings && draft.Use is ConfigUse.Run or ConfigUse.Check;
}
