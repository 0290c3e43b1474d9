using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration.Rules;

/// <summary>A buffer is emptied before it runs over, and the samples that make the rows come at a multiple of their rate.</summary>
internal sealed class BufferRule : IConfigRule
{
    private const string RowsFrom = "/source/rowsFrom";
    private const double RateTolerance = 0.01;

    public IEnumerable<SchemaFault> Check(ConfigDraft draft)
    {
        if (!draft.IsSound("/source/kind") || draft.Options.Source is not HardwareSourceOptions source)
        {
            return [];
        }

        var buffers = source.Sensors
            .Select((sensor, i) => (Sensor: sensor as IioSensorOptions, Place: JsonPlace.Below("/source/sensors", i)))
            .Where(each => each.Sensor?.Buffer is not null && draft.IsSound(each.Place + "/kind") && draft.IsSound(each.Place + "/buffer"))
            .Select(each => (each.Sensor!, each.Place))
            .ToList();
        return buffers.SelectMany(each => Emptied(each.Item1, each.Place, draft)).Concat(Rows(source.RowsFrom, buffers, draft));
    }

    private static IEnumerable<SchemaFault> Emptied(IioSensorOptions sensor, string place, ConfigDraft draft)
    {
        var most = sensor.Buffer!.LengthOrDefault / 2 / sensor.Buffer.RateHz;
        if (sensor.BlockSeconds > most && draft.IsSound(place + "/everySeconds"))
        {
            yield return new SchemaFault(
                place + "/everySeconds",
                sensor.EverySeconds is null ? "nothing, which is 0.1" : SchemaText.Number(sensor.BlockSeconds),
                $"number up to {SchemaText.Number(Math.Round(most, 6))}, in which half of the buffer's {sensor.Buffer.LengthOrDefault} samples come");
        }
    }

    private static IEnumerable<SchemaFault> Rows(string? name, List<(IioSensorOptions Sensor, string Place)> buffers, ConfigDraft draft)
    {
        if (name is null || !draft.IsSound(RowsFrom))
        {
            yield break;
        }

        if (buffers.Find(each => each.Sensor.Name == name).Sensor is not { } sensor)
        {
            yield return new SchemaFault(
                RowsFrom, $"\"{name}\"", $"the name of a sensor with a buffer: {string.Join(", ", buffers.Select(each => each.Sensor.Name).DefaultIfEmpty("there is none"))}");
            yield break;
        }

        var (samples, rows) = (sensor.Buffer!.RateHz, draft.Options.Sampling.RateHz);
        var each = Math.Round(samples / rows);
        if (draft.IsSound("/sampling/rateHz") && (each < 1 || Math.Abs((samples / rows) - each) > RateTolerance * each))
        {
            yield return new SchemaFault(
                RowsFrom, $"{SchemaText.Number(samples)} samples per second for {SchemaText.Number(rows)} rows", "a whole number of samples for each row: buffer.rateHz a multiple of sampling.rateHz");
        }
    }
}
