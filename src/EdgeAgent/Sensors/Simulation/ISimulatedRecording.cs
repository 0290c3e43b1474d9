namespace EdgeAgent.Sensors.Simulation;

/// <summary>A file that a simulation is written to, row by row.</summary>
internal interface ISimulatedRecording : IDisposable
{
    /// <param name="seconds">Simulated time since the start.</param>
    /// <param name="label">What is wrong in this row; empty when all is well.</param>
    void Write(double seconds, float[] values, string label);
}
