namespace EdgeAgent.Sensors.Simulation;

/// <summary>Normally distributed numbers by the Box–Muller transform.</summary>
internal sealed class Gauss(Random random)
{
    private double? _spare;

    public double Next()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        var angle = 2 * Math.PI * random.NextDouble();
        _spare = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }
}
