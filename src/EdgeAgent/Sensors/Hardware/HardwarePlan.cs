using System.Numerics;
using EdgeAgent.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>The source of a config's hardware sensors.</summary>
internal static class HardwarePlan
{
    /// <summary>How many of the kernel's buffers the ring holds, each of a second at least.</summary>
    private const int FullBuffers = 4;

    public static HardwareSource Make(HardwareSourceOptions source, AgentOptions options, TimeProvider time, ILogger<HardwareSource> log)
    {
        var devices = new SensorDevices(source.Adapter, time);
        var sensors = source.Sensors.Cast<PolledSensorOptions>().ToList();
        var feed = Feed(source.RowsFrom, sensors, options.Sampling.RateHz);
        var made = sensors.Select((sensor, i) => (SensorPlan.Of(sensor, options), devices.Create(sensor, i == feed?.Sensor ? feed.Ring : null)));
        return new HardwareSource([.. made], options.Channels.Count, options.Sampling.RateHz, time, log, feed);
    }

    private static SampleFeed? Feed(string? name, List<PolledSensorOptions> sensors, double rateHz)
    {
        if (name is null)
        {
            return null;
        }

        var index = sensors.FindIndex(sensor => sensor.Name == name);
        var sensor = (IioSensorOptions)sensors[index];
        var (buffer, outputs) = (sensor.Buffer!, sensor.Readings.Count);

        // What a full buffer brings, rounded up by the kernel, must find room even if nobody has made rows for a while.
        var capacity = FullBuffers * (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(buffer.LengthOrDefault, (int)buffer.RateHz));
        return new SampleFeed(index, new SampleRing(capacity, outputs), (int)Math.Round(buffer.RateHz / rateHz));
    }
}
