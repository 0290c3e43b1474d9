using EdgeAgent.Configuration;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>Lets single sensors fail on a schedule.</summary>
internal sealed class BrokenSensors
{
    private const float NoLimit = 9999;

    private readonly IReadOnlyList<ChannelOptions> _channels;
    private readonly (ScheduledSensorFault Fault, int Channel)[] _faults;
    private readonly float[] _last;

    public BrokenSensors(IReadOnlyList<ScheduledSensorFault> faults, IReadOnlyList<ChannelOptions> channels)
    {
        var names = channels.Select(channel => channel.Name).ToList();
        _channels = channels;
        _faults = [.. faults.Select(fault => (fault, names.IndexOf(fault.Sensor)))];
        _last = new float[channels.Count];
        Array.Fill(_last, float.NaN);
    }

    /// <summary>Replaces what broken sensors show.</summary>
    /// <param name="values">What the sensors would show, in the device's order.</param>
    public void Apply(double seconds, float[] values)
    {
        foreach (var (fault, channel) in _faults.Where(entry => IsThere(entry.Fault, seconds)))
        {
            values[channel] = fault.Kind switch
            {
                SensorFaultKind.Stuck => float.IsNaN(_last[channel]) ? values[channel] : _last[channel],
                SensorFaultKind.Missing => float.NaN,
                _ => (float?)fault.Value ?? FarOutside(_channels[channel]),
            };
        }

        for (var i = 0; i < values.Length; i++)
        {
            _last[i] = float.IsNaN(values[i]) ? _last[i] : values[i];
        }
    }

    /// <summary>What is broken now, as "Flow stuck".</summary>
    public IEnumerable<string> Present(double seconds) => _faults
        .Where(entry => IsThere(entry.Fault, seconds))
        .Select(entry => $"{entry.Fault.Sensor} {NameOf(entry.Fault.Kind)}");

    private static bool IsThere(ScheduledSensorFault fault, double seconds) =>
        seconds >= fault.StartSeconds && !(seconds - fault.StartSeconds >= fault.DurationSeconds);

    private static float FarOutside(ChannelOptions channel) =>
        channel.Max is { } max ? (float)(max + Math.Max(1, Math.Abs(max))) : NoLimit;

    private static string NameOf(SensorFaultKind kind) => kind switch
    {
        SensorFaultKind.Stuck => "stuck",
        SensorFaultKind.Missing => "missing",
        _ => "out-of-range",
    };
}
