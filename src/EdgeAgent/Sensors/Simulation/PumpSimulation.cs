using EdgeAgent.Configuration;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>The simulated pump as its sensors show it.</summary>
internal sealed class PumpSimulation : ISimulation
{
    private readonly FaultSchedule _schedule;
    private readonly BrokenSensors _broken;
    private readonly SimulatedPump _pump;
    private readonly SimulatedSensor[] _sensors;
    private readonly double _rateHz;
    private long _count;
    private FaultLevels _levels = FaultLevels.None;

    public PumpSimulation(SimulationOptions options, IReadOnlyList<ChannelOptions> channels, double rateHz)
    {
        // One generator each, so that another sensor does not change what the pump does.
        var pumpNoise = new Gauss(new Random(options.Seed));
        var sensorNoise = new Gauss(new Random(options.Seed ^ 0x5EED));
        _schedule = new FaultSchedule(options.Faults);
        _broken = new BrokenSensors(options.SensorFaults, channels);
        _pump = new SimulatedPump(pumpNoise);
        _sensors = SimulatedSensors.For(channels, sensorNoise);
        _rateHz = rateHz;
    }

    public double Seconds { get; private set; }

    public string Label => string.Join(" + ", _levels.Present.Order(StringComparer.Ordinal).Concat(_broken.Present(Seconds)));

    public float[] Next()
    {
        Seconds = _count++ / _rateHz;
        _levels = _schedule.At(Seconds);
        var state = _pump.Step(1 / _rateHz, _levels);
        var values = new float[_sensors.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _sensors[i].Read(state, 1 / _rateHz);
        }

        _broken.Apply(Seconds, values);
        return values;
    }
}
