namespace EdgeAgent.Sensors.Simulation;

/// <summary>
/// The water's path: tank, suction valve, pump, (leak,) discharge valve and line, tank. Heads in metres of water, flows in
/// l/min.
/// </summary>
/// <remarks>
/// Pump: H = n²·H0 − a·Q² with n the speed ratio, which is the quadratic pump curve under the affinity laws (Gülich,
/// Centrifugal Pumps, ch. 4 and 3.6). Losses: h = k·Q² for turbulent flow; a valve's k grows with 1/opening² (Idelchik,
/// Handbook of Hydraulic Resistance). Leak: an orifice, Q = c·√h (Torricelli). The coefficients give 32 l/min at 3.06 m.
/// </remarks>
internal static class HydraulicLoop
{
    public const double RatedFlowLpm = 32;

    private const double ShutOffHeadM = 4.2;
    private const double PumpLossM = 1.34;
    private const double SuctionLineM = 0.1;
    private const double SuctionValveM = 0.2;
    private const double DischargeLineM = 2.06;
    private const double DischargeValveM = 0.5;
    private const double LeakLpmPerRootM = 2.94;

    /// <summary>A valve at full severity is still open by this share; a closed one would stop the loop.</summary>
    private const double LeastOpening = 0.1;

    /// <param name="speed">Ratio to rated speed.</param>
    /// <param name="headFactor">1 = the pump makes its full head; less with vapour or air in it.</param>
    /// <param name="tankHeadM">Gauge head at the pump's height when the water stands still.</param>
    /// <param name="suctionSeverity">0 = suction valve open, 1 = nearly closed.</param>
    /// <param name="dischargeSeverity">0 = discharge valve open, 1 = nearly closed.</param>
    /// <param name="leakSeverity">0 = tight, 1 = five litres a minute.</param>
    public static OperatingPoint Solve(
        double speed, double headFactor, double tankHeadM, double suctionSeverity, double dischargeSeverity, double leakSeverity)
    {
        var suctionM = SuctionLineM + SuctionValveM * Throttled(suctionSeverity);
        var dischargeM = DischargeLineM + DischargeValveM * Throttled(dischargeSeverity);
        var shutOffM = ShutOffHeadM * headFactor * speed * speed;

        // The higher the head behind the pump, the more leaves it and the less the pump gives: one crossing, found by halving.
        var low = tankHeadM;
        var high = tankHeadM + shutOffM;
        for (var i = 0; i < 50; i++)
        {
            var head = 0.5 * (low + high);
            if (Meter(head) + Leak(head) < Pump(head))
            {
                low = head;
            }
            else
            {
                high = head;
            }
        }

        var discharge = 0.5 * (low + high);
        var flow = Meter(discharge) + Leak(discharge);
        return new OperatingPoint(flow, Meter(discharge), discharge, tankHeadM - suctionM * Square(flow / RatedFlowLpm));

        double Meter(double head) => RatedFlowLpm * Math.Sqrt(Math.Max(0, head - tankHeadM) / dischargeM);
        double Leak(double head) => leakSeverity * LeakLpmPerRootM * Math.Sqrt(Math.Max(0, head));
        double Pump(double head) => RatedFlowLpm * Math.Sqrt(Math.Max(0, tankHeadM + shutOffM - head) / (PumpLossM + suctionM));
    }

    private static double Throttled(double severity) => 1 / Square(1 - severity * (1 - LeastOpening));

    private static double Square(double x) => x * x;
}
