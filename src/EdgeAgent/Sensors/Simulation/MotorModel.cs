namespace EdgeAgent.Sensors.Simulation;

/// <summary>
/// A single-phase induction motor by its loss balance (Chapman, Electric Machinery Fundamentals, ch. 6): slip grows with load
/// and falls with the square of the voltage; the current has a part that carries power and a part that magnetizes.
/// </summary>
internal sealed class MotorModel
{
    public const double RatedVoltage = 233;
    public const double RatedShaftW = 190;

    private const double SynchronousRpm = 3000;
    private const double RatedSlip = 0.02;
    private const double IronW = 15;
    private const double WindingOhm = 34;
    private const double MagnetizingA = 0.6;

    private double _shaftW = RatedShaftW;

    public double CurrentA { get; private set; } = 1.3;

    public double InputW { get; private set; }

    /// <summary>What becomes heat in the motor.</summary>
    public double LossW { get; private set; }

    public double SpeedRpm { get; private set; } = SynchronousRpm * (1 - RatedSlip);

    /// <summary>Ratio to rated speed.</summary>
    public double Speed => SpeedRpm / (SynchronousRpm * (1 - RatedSlip));

    public double TorqueNm => _shaftW / (SpeedRpm * 2 * Math.PI / 60);

    public void Load(double shaftW, double voltage)
    {
        _shaftW = shaftW;
        var relative = voltage / RatedVoltage;
        var slip = RatedSlip * shaftW / RatedShaftW / (relative * relative);
        var airGapW = shaftW / (1 - slip);

        // The winding's loss needs the current and the current needs the loss; the last current is near enough.
        var copperW = WindingOhm * CurrentA * CurrentA;
        var ironW = IronW * relative * relative;
        InputW = airGapW + ironW + copperW;
        LossW = copperW + ironW + slip * airGapW;
        CurrentA = Math.Sqrt(Square(InputW / voltage) + Square(MagnetizingA * relative));
        SpeedRpm = SynchronousRpm * (1 - slip);
    }

    private static double Square(double x) => x * x;
}
