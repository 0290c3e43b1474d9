namespace EdgeAgent.Sensors.Simulation;

/// <summary>
/// Three bodies with one temperature each (lumped capacitance; Incropera, Fundamentals of Heat and Mass Transfer, ch. 5):
/// the motor, the water in the pump's casing, and the water in the tank, which a process heats and a cooler cools.
/// </summary>
internal sealed class HeatBalance
{
    private const double MotorJPerK = 1350;
    private const double CasingJPerK = 3000;
    private const double TankJPerK = 250_000;
    private const double MotorToAirWPerK = 0.35;
    private const double MotorToWaterWPerK = 1.15;
    private const double CasingToAirWPerK = 1;
    private const double WaterJPerLitreK = 4180;
    private const double ProcessW = 1200;
    private const double CoolerWPerK = 364;
    private const double TankToAirWPerK = 1;

    /// <summary>From this share of the rated flow on the cooler does all that it can.</summary>
    private const double CoolerFullShare = 0.6;
    private const double BearingW = 6;

    public double MotorC { get; private set; } = 79;

    public double CasingC { get; private set; } = 26;

    public double TankC { get; private set; } = 26;

    /// <param name="motorLossW">Electrical loss.</param>
    /// <param name="frictionW">Extra friction that heats the motor's end of the shaft.</param>
    /// <param name="shaftW">Shaft power; all of it ends as heat in the water.</param>
    /// <param name="waterLpm">Water that really flows.</param>
    /// <param name="cooling">1 = the cooler works, 0 = it does not.</param>
    public void Step(double seconds, double ambientC, double motorLossW, double frictionW, double shaftW, double waterLpm, double cooling)
    {
        var share = Math.Max(0, waterLpm) / HydraulicLoop.RatedFlowLpm;
        var toWater = MotorToWaterWPerK * Math.Pow(share, 0.8);
        var flange = toWater * (MotorC - CasingC);
        MotorC = Follow(
            MotorC, motorLossW + frictionW + BearingW, seconds, MotorJPerK, (MotorToAirWPerK, ambientC), (toWater, CasingC));

        var carried = WaterJPerLitreK * Math.Max(0, waterLpm) / 60;
        CasingC = Follow(CasingC, shaftW, seconds, CasingJPerK, (carried, TankC), (CasingToAirWPerK, ambientC));

        // The process heats the tank whatever flows; the cooler needs a flow through it.
        var reaches = Math.Min(1, share / CoolerFullShare);
        TankC = Follow(
            TankC, ProcessW + shaftW + flange, seconds, TankJPerK, (CoolerWPerK * cooling * reaches + TankToAirWPerK, ambientC), (0, 0));
    }

    /// <summary>One body with a heat source and two neighbours, solved exactly for constant conditions.</summary>
    private static double Follow(
        double celsius, double heatW, double seconds, double capacity, (double WPerK, double Celsius) first, (double WPerK, double Celsius) second)
    {
        var conductance = first.WPerK + second.WPerK;
        var settled = (heatW + first.WPerK * first.Celsius + second.WPerK * second.Celsius) / conductance;
        return settled + (celsius - settled) * Math.Exp(-conductance * seconds / capacity);
    }
}
