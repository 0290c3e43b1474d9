namespace EdgeAgent.Sensors.Simulation;

/// <summary>
/// Vapour in the impeller, judged by the margin between the net positive suction head that is available and the one that
/// the pump requires (NPSHA − NPSHR, in metres). NPSHR is by definition the point where the head has dropped by 3%
/// (ISO 9906); below it the head collapses steeply, while noise begins well above it (Gülich, Centrifugal Pumps, ch. 6).
/// </summary>
internal static class CavitationModel
{
    private const double AtmosphereM = 10.33;
    private const double LossAtRequired = 0.03;
    private const double TenfoldM = 0.6;
    private const double NoiseCentreM = 0.8;
    private const double NoiseWidthM = 0.3;

    public static double MarginM(double suctionHeadM, double fluidC, double pumpFlowLpm)
    {
        var available = AtmosphereM + suctionHeadM - VapourHeadM(fluidC);
        var share = pumpFlowLpm / HydraulicLoop.RatedFlowLpm;
        return available - (3.2 + 2.3 * share * share);
    }

    /// <summary>How much of its head the pump still makes.</summary>
    public static double HeadFactor(double marginM) => Math.Clamp(1 - LossAtRequired * Math.Pow(10, -marginM / TenfoldM), 0.2, 1);

    /// <summary>How loud the bubbles are, 0..1.</summary>
    public static double Noise(double marginM) => 1 / (1 + Math.Exp((marginM - NoiseCentreM) / NoiseWidthM));

    /// <summary>
    /// What a fault of the given severity takes from the loop's static pressure: it eats up the margin first, then goes on
    /// to 0.8 m below what the pump requires.
    /// </summary>
    public static double LostHeadM(double severity, double healthyMarginM)
    {
        var left = (1 - severity) * (1 - severity) * (1 - severity);
        return healthyMarginM * (1 - left) + 0.8 * severity;
    }

    /// <summary>Vapour pressure of water (Magnus formula, WMO 2014) as a head.</summary>
    private static double VapourHeadM(double celsius) => 611.2 * Math.Exp(17.62 * celsius / (243.12 + celsius)) / (1000 * 9.81);
}
