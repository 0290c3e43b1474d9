namespace EdgeAgent.Sensors.Simulation;

/// <summary>The faults that the simulated pump can have; the ids are those of the fault library for centrifugal pumps.</summary>
internal static class SimulatedFaults
{
    public const string SuctionRestriction = "suction-restriction";
    public const string DischargeRestriction = "discharge-restriction";
    public const string Leak = "leak";
    public const string Cavitation = "cavitation";
    public const string RotorImbalance = "rotor-imbalance";
    public const string BearingWear = "bearing-wear";
    public const string MotorOverload = "motor-overload";
    public const string DryRunning = "dry-running";
    public const string SupplyVoltageLow = "supply-voltage-low";
    public const string FluidOverheating = "fluid-overheating";

    public static IReadOnlyList<string> Ids { get; } =
    [
        SuctionRestriction, DischargeRestriction, Leak, Cavitation, RotorImbalance, BearingWear, MotorOverload, DryRunning,
        SupplyVoltageLow, FluidOverheating,
    ];
}
