namespace EdgeAgent.Sensors.Simulation;

/// <summary>Noise with a memory: a first-order autoregressive process, exact for any step (Ornstein–Uhlenbeck).</summary>
/// <param name="spread">Its standard deviation.</param>
/// <param name="memorySeconds">After this time a deviation has shrunk to 37%.</param>
internal sealed class Wander(double spread, double memorySeconds, Gauss gauss)
{
    public double Value { get; private set; } = spread * gauss.Next();

    public double Step(double seconds)
    {
        var kept = Math.Exp(-seconds / memorySeconds);
        Value = kept * Value + spread * Math.Sqrt(1 - kept * kept) * gauss.Next();
        return Value;
    }
}
