using EdgeAgent.Sensors.Npy;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>Writes a simulated recording as a NumPy array, which has no place for times and labels.</summary>
internal sealed class SimulationNpy(NpyWriter array) : ISimulatedRecording
{
    public void Write(double seconds, float[] values, string label) => array.Write(values);

    public void Dispose() => array.Dispose();
}
