namespace EdgeAgent.Sensors.Simulation.Motor;

/// <summary>A structure that rings when it is struck: a second-order resonator whose answer to a unit impulse peaks near 1.</summary>
internal sealed class Resonance
{
    private readonly double _a1;
    private readonly double _a2;
    private readonly double _gain;
    private double _last;
    private double _before;

    /// <param name="damping">Damping ratio.</param>
    public Resonance(double frequencyHz, double damping, double rateHz)
    {
        var angle = 2 * Math.PI * frequencyHz / rateHz;
        var radius = Math.Exp(-damping * angle);
        _a1 = 2 * radius * Math.Cos(angle);
        _a2 = -radius * radius;
        _gain = Math.Abs(Math.Sin(angle));
    }

    public double Step(double input)
    {
        var value = (_gain * input) + (_a1 * _last) + (_a2 * _before);
        _before = _last;
        _last = value;
        return value;
    }
}
