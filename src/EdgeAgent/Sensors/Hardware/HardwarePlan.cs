using EdgeAgent.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>The source of a config's hardware sensors.</summary>
internal static class HardwarePlan
{
    /// <summary>Samples wait for so long at most until rows are made of them.</summary>
    private const double RingSeconds = 2;

    public static HardwareSource Make(HardwareSourceOptions source, AgentOptions options, TimeProvider time, ILogger<HardwareSource> log)
    {
        var devices = new SensorDevices(time);
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

        // Never smaller than what one read of a full buffer brings.
        var capacity = 2 * Math.Max(buffer.LengthOrDefault, (int)(RingSeconds / 2 * buffer.RateHz));
        return new SampleFeed(index, new SampleRing(capacity, outputs), (int)Math.Round(buffer.RateHz / rateHz));
    }
}
