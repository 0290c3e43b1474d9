using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Simulation.Motor;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>The one place that knows every simulated machine.</summary>
internal static class Simulations
{
    public static ISimulation Create(SimulationOptions options, AgentOptions agent) => options is SimulatedMotorOptions motor
        ? new MotorSimulation(motor, agent)
        : new PumpSimulation(options, agent.Channels, agent.Sampling.RateHz);

    /// <summary>The faults that a simulated machine can have, by the ids of its fault library.</summary>
    public static IReadOnlyList<string> FaultsOf(SimulationOptions options) =>
        options is SimulatedMotorOptions ? MotorFaults.Ids : SimulatedFaults.Ids;
}
