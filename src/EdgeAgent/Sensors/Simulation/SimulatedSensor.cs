namespace EdgeAgent.Sensors.Simulation;

/// <summary>One sensor on the simulated pump: its own noise on top of the truth, in the steps that it can show.</summary>
/// <param name="white">Standard deviation of noise without a memory.</param>
/// <param name="slow">Standard deviation of noise with a memory.</param>
/// <param name="memorySeconds">The memory of the slow noise.</param>
/// <param name="step">The smallest difference it can show.</param>
internal sealed class SimulatedSensor(Func<PumpState, double> truth, double white, double slow, double memorySeconds, double step, Gauss gauss)
{
    private readonly Wander _slow = new(slow, memorySeconds, gauss);

    public float Read(in PumpState state, double seconds)
    {
        var value = truth(state) + white * gauss.Next() + _slow.Step(seconds);
        return (float)(Math.Round(value / step) * step);
    }
}
