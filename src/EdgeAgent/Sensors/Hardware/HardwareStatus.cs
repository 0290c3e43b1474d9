using System.Text.Json.Nodes;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>How the reading goes, for `status`. Thread-safe.</summary>
internal sealed class HardwareStatus(IRowMaker rows, IReadOnlyList<SensorReader> readers)
{
    public JsonObject ToJson() => new()
    {
        ["rows"] = rows.Made,
        ["missed"] = rows.Missed,
        ["dropped"] = rows.Dropped,
        ["jitter"] = Of(rows.Jitter),
        ["sensors"] = new JsonArray([.. readers.Select(Of)]),
    };

    private static JsonObject Of(SensorReader reader)
    {
        var made = new JsonObject
        {
            ["name"] = reader.Name,
            ["readings"] = reader.Readings,
            ["missed"] = reader.Missed,
            ["failures"] = reader.Reports.Failures,
            ["jitter"] = Of(reader.Jitter),
        };
        if (reader.Lost is { } lost)
        {
            made["lost"] = lost;
        }

        if (reader.Reports.Fault is { } fault)
        {
            made["fault"] = fault.Name;
        }

        return made;
    }

    /// <summary>Steps without a count are left out; <c>more</c> is later than all of them.</summary>
    private static JsonObject Of(JitterHistogram jitter)
    {
        var counts = jitter.Counts();
        var steps = new JsonObject();
        for (var step = 0; step < counts.Length; step++)
        {
            if (counts[step] > 0)
            {
                steps[step < JitterHistogram.UpToMicroseconds.Count ? $"{JitterHistogram.UpToMicroseconds[step]}" : "more"] = counts[step];
            }
        }

        return new JsonObject { ["latestMicroseconds"] = (long)jitter.Most.TotalMicroseconds, ["upToMicroseconds"] = steps };
    }
}
