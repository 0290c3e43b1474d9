namespace EdgeAgent.Sensors.Simulation;

/// <summary>A simulated machine as its sensors show it. Pure: no clock, seeded randomness.</summary>
internal interface ISimulation
{
    /// <summary>Simulated time of the latest reading since the start.</summary>
    double Seconds { get; }

    /// <summary>Faults of machine and sensors in the latest reading; empty when all is well.</summary>
    string Label { get; }

    /// <returns>One value per channel in the device's order, NaN where there is none. The caller owns it.</returns>
    float[] Next();
}
