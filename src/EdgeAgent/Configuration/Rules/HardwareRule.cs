using EdgeAgent.Configuration.Schema;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration.Rules;

/// <summary>Each channel is fed by one reading of one sensor, in its own unit.</summary>
internal sealed class HardwareRule : IConfigRule
{
    private const string Sensors = "/source/sensors";

    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        if (!draft.IsSound("/source/kind") || draft.Options.Source is not HardwareSourceOptions source)
        {
            return [];
        }

        var sensors = source.Sensors
            .Select((sensor, i) => (Sensor: (PolledSensorOptions)sensor, Place: JsonPlace.Below(Sensors, i)))
            .Where(each => draft.IsSound(each.Place + "/kind"))
            .ToList();
        return sensors.SelectMany(each => OneOf(each.Sensor, each.Place, draft))
            .Concat(Names(sensors))
            .Concat(Channels(sensors, draft));
    }

    private static IEnumerable<SchemaFault> OneOf(PolledSensorOptions sensor, string place, ConfigDraft draft)
    {
        var every = sensor.EverySeconds ?? sensor.DefaultEverySeconds ?? draft.Period.TotalSeconds;
        if (sensor.FreshSeconds < every)
        {
            yield return new SchemaFault(
                place + "/freshSeconds", SchemaText.Number(sensor.FreshSeconds.Value), $"number from {SchemaText.Number(every)}, the time between two readings");
        }

        IEnumerable<SchemaFault> more = sensor switch
        {
            HwmonSensorOptions hwmon => OneWay("chip", hwmon.Chip, hwmon.Path, place),
            IioSensorOptions iio => OneWay("device", iio.Device, iio.Path, place),
            I2cSensorOptions i2c => Layouts(i2c, place),
            ModbusSensorOptions modbus => Requests(modbus, place),
            _ => [],
        };
        foreach (var fault in more)
        {
            yield return fault;
        }
    }

    private static IEnumerable<SchemaFault> OneWay(string key, string? name, string? path, string place)
    {
        if (name is null == path is null)
        {
            yield return new SchemaFault(JsonPlace.Below(place, key), name is null ? "nothing" : $"\"{name}\" beside a path", $"{key} or path, one of them");
        }
    }

    private static IEnumerable<SchemaFault> Layouts(I2cSensorOptions chip, string place)
    {
        for (var i = 0; i < chip.Readings.Count; i++)
        {
            var layout = chip.Readings[i].Layout;
            if (layout.Bits < 1 || layout.Shift + layout.Bits > 8 * layout.Bytes)
            {
                yield return new SchemaFault(
                    JsonPlace.Below(place + "/readings", i),
                    $"{Math.Max(0, layout.Bits)} bits above {layout.Shift} others",
                    $"together 1..{8 * layout.Bytes} bits, which {layout.Bytes} bytes have");
            }
        }
    }

    private static IEnumerable<SchemaFault> Requests(ModbusSensorOptions device, string place)
    {
        if (device.Tcp is null == device.Serial is null)
        {
            yield return new SchemaFault(place + "/tcp", device.Tcp is null ? "nothing" : "a line beside it in serial", "tcp or serial, one of them");
        }

        for (var i = 0; i < device.Readings.Count; i++)
        {
            var reading = device.Readings[i];
            var below = JsonPlace.Below(place + "/readings", i);
            if (reading.IsBit && (reading.Type is not null || reading.Order is not null))
            {
                yield return new SchemaFault(below, $"a type or an order for a {(reading.Table == ModbusTable.Coil ? "coil" : "discrete input")}", "neither, because it is one bit");
            }
            else if (reading.Address + ModbusRegisters.CountOf(reading.Number) > 65_536)
            {
                yield return new SchemaFault(below + "/address", SchemaText.Number(reading.Address), "0..65534 for a number of two registers");
            }
        }
    }

    private static IEnumerable<SchemaFault> Names(IEnumerable<(PolledSensorOptions Sensor, string Place)> sensors)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return sensors
            .Where(each => !names.Add(each.Sensor.Name))
            .Select(each => new SchemaFault(each.Place + "/name", $"\"{each.Sensor.Name}\" again", "a name that no other sensor has"));
    }

    private static IEnumerable<SchemaFault> Channels(IReadOnlyList<(PolledSensorOptions Sensor, string Place)> sensors, ConfigDraft draft)
    {
        var channels = draft.Options.Channels;
        var fed = new HashSet<string>();
        foreach (var (sensor, place) in sensors)
        {
            for (var i = 0; i < sensor.Outputs.Count; i++)
            {
                var reading = sensor.Outputs[i];
                var below = JsonPlace.Below(place + "/readings", i);
                if (channels.FirstOrDefault(channel => channel.Name == reading.Channel) is not { } channel)
                {
                    yield return new SchemaFault(below + "/channel", $"\"{reading.Channel}\"", $"the name of a channel: {string.Join(", ", channels.Select(channel => channel.Name))}");
                }
                else if (!fed.Add(channel.Name))
                {
                    yield return new SchemaFault(below + "/channel", $"\"{reading.Channel}\" again", "a channel that no other reading is for");
                }
                else if (reading.Scale is null && draft.IsSound(below) && reading.NativeUnit is { } unit && unit != channel.Unit)
                {
                    yield return new SchemaFault(below, $"readings in {unit} for a channel in {channel.Unit}", "a scale, or a channel in the reading's unit");
                }
            }
        }

        for (var i = 0; i < channels.Count && draft.IsSound(Sensors); i++)
        {
            if (!fed.Contains(channels[i].Name))
            {
                yield return new SchemaFault(JsonPlace.Below("/channels", i), $"\"{channels[i].Name}\", which no sensor reads", $"a channel that a reading in {Sensors} is for");
            }
        }
    }
}
