using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>How one sensor is read, with every default filled in.</summary>
/// <param name="Channels">For each of its outputs the index of the channel.</param>
/// <param name="Scale">For each of its outputs: value = reading × scale + offset.</param>
internal sealed record SensorPlan(
    string Name, TimeSpan Every, TimeSpan Fresh, RowRule Row, int[] Channels, string[] ChannelNames, double[] Scale, double[] Offset, TimeSpan Quiet)
{
    private const int FreshPeriods = 3;

    public static SensorPlan Of(PolledSensorOptions sensor, AgentOptions options)
    {
        var row = TimeSpan.FromSeconds(1 / options.Sampling.RateHz);
        var every = (sensor.EverySeconds ?? sensor.DefaultEverySeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : row;
        var outputs = sensor.Outputs;
        var names = options.Channels.Select(channel => channel.Name).ToList();
        return new SensorPlan(
            sensor.Name,
            every,
            sensor.FreshSeconds is { } fresh ? TimeSpan.FromSeconds(fresh) : FreshPeriods * (every > row ? every : row),
            sensor.Row,
            [.. outputs.Select(output => names.IndexOf(output.Channel))],
            [.. outputs.Select(output => output.Channel)],
            [.. outputs.Select(output => output.Scale ?? 1)],
            [.. outputs.Select(output => output.Offset)],
            TimeSpan.FromSeconds(options.Health.ClearAfterSeconds));
    }
}
