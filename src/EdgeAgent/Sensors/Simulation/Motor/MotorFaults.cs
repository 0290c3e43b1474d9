namespace EdgeAgent.Sensors.Simulation.Motor;

/// <summary>The faults that the simulated motor can have; the ids are those of the fault library for rolling bearings.</summary>
internal static class MotorFaults
{
    public const string OuterRace = "bearing-outer-race";
    public const string InnerRace = "bearing-inner-race";
    public const string RollingElement = "bearing-rolling-element";
    public const string RotorImbalance = "rotor-imbalance";
    public const string Misalignment = "misalignment";
    public const string LubricationPoor = "lubrication-poor";

    public static IReadOnlyList<string> Ids { get; } = [OuterRace, InnerRace, RollingElement, RotorImbalance, Misalignment, LubricationPoor];
}
