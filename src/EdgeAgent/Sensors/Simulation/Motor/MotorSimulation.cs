using EdgeAgent.Configuration;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Sensors.Simulation.Motor;

/// <summary>The simulated motor as the accelerometers of the config show it.</summary>
internal sealed class MotorSimulation : ISimulation
{
    private const double DefaultRpm = 1500;

    private readonly FaultSchedule _schedule;
    private readonly BrokenSensors _broken;
    private readonly SimulatedMotor _motor;
    private readonly int[] _accelerometers;
    private readonly float[] _accelerations;
    private readonly int _channels;
    private readonly double _rateHz;
    private long _count;
    private FaultLevels _levels = FaultLevels.None;

    public MotorSimulation(SimulatedMotorOptions options, AgentOptions agent)
    {
        var channels = agent.Channels;
        _rateHz = agent.Sampling.RateHz;
        _channels = channels.Count;
        _schedule = new FaultSchedule(options.Faults);
        _broken = new BrokenSensors(options.SensorFaults, channels);
        _accelerometers = [.. Enumerable.Range(0, channels.Count).Where(i => channels[i].Role == ChannelRoles.Vibration)];
        _accelerations = new float[_accelerometers.Length];
        var damaged = agent.Machine.Bearings is [var first, ..] ? first : null;
        var near = _accelerometers.Select(i => damaged is null || channels[i].Bearing == damaged.Name).ToArray();
        _motor = new SimulatedMotor(
            (agent.Machine.Shaft?.SpeedRpm ?? DefaultRpm) / 60, damaged?.DefectOrders(), near, _rateHz, new Gauss(new Random(options.Seed)));
    }

    public double Seconds { get; private set; }

    public string Label => string.Join(" + ", _levels.Present.Order(StringComparer.Ordinal).Concat(_broken.Present(Seconds)));

    public float[] Next()
    {
        Seconds = _count++ / _rateHz;
        _levels = _schedule.At(Seconds);
        _motor.Step(1 / _rateHz, _levels, _accelerations);
        var values = new float[_channels];
        for (var i = 0; i < _accelerometers.Length; i++)
        {
            values[_accelerometers[i]] = _accelerations[i];
        }

        _broken.Apply(Seconds, values);
        return values;
    }
}
