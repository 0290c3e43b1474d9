using static EdgeAgent.Sensors.Simulation.SimulatedFaults;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>
/// A small centrifugal pump in a closed water loop whose quantities depend on each other as in a real one. Healthy, it stays
/// where it is: 32 l/min, 0.3 bar, 1.3 A, motor at 79 °C. The same seed and faults give the same states.
/// <code>
///  supply ─▶ motor ─▶ shaft ─▶ pump ◀─▶ loop (tank, valves, leak)
///              │        │        └────▶ cavitation ─▶ vibration
///              └─▶ heat ◀┘ ─▶ motor, casing, tank
/// </code>
/// </summary>
internal sealed class SimulatedPump
{
    private const double MotorVibrationG = 0.0265;
    private const double PumpVibrationG = 0.040;
    private const double DiscFrictionW = 80;
    private const double FlowW = 110;
    private const double WaterSettlesSeconds = 1.5;
    private const double FullLevelM = 0.5;
    private const double TankAreaM2 = 0.12;
    private const double MostMakeUpLpm = 3;
    private const double BarPerM = 0.0981;

    private readonly MotorModel _motor = new();
    private readonly HeatBalance _heat = new();
    private readonly Wander _supply;
    private readonly Wander _grid;
    private readonly Wander _ambient;
    private readonly double _healthyMarginM;
    private double _level = FullLevelM;
    private double _flow = HydraulicLoop.RatedFlowLpm;
    private double _head = 3.06;
    private double _margin = 4;

    public SimulatedPump(Gauss gauss)
    {
        _supply = new Wander(1.0, 15, gauss);
        _grid = new Wander(0.8, 900, gauss);
        _ambient = new Wander(0.3, 3600, gauss);
        for (var i = 0; i < 500; i++)
        {
            Advance(60, FaultLevels.None, MotorModel.RatedVoltage, 22);
        }

        _healthyMarginM = _margin;
    }

    public PumpState Step(double seconds, FaultLevels faults)
    {
        var voltage = MotorModel.RatedVoltage + _supply.Step(seconds) + _grid.Step(seconds) - 35 * faults[SupplyVoltageLow];
        return Advance(seconds, faults, voltage, 22 + _ambient.Step(seconds));
    }

    private PumpState Advance(double seconds, FaultLevels faults, double voltage, double ambientC)
    {
        // Air instead of water: the mixture is lighter, and the impeller loses its grip on it.
        var water = 1 - 0.98 * faults[DryRunning];
        var grip = Math.Pow(water, 1.5);
        var lostHead = faults[Cavitation] > 0
            ? CavitationModel.LostHeadM(faults[Cavitation], _healthyMarginM)
            : 0;
        var headFactor = CavitationModel.HeadFactor(_margin);
        var point = HydraulicLoop.Solve(
            _motor.Speed, grip * headFactor, _level * water - lostHead,
            faults[SuctionRestriction], faults[DischargeRestriction], faults[Leak]);
        var settles = 1 - Math.Exp(-seconds / WaterSettlesSeconds);
        _flow += settles * (water * point.MeterFlowLpm - _flow);
        _head += settles * (water * point.DischargeHeadM - _head);

        // Bubbles build up and collapse together with the flow, which keeps the loop from switching to and fro.
        _margin += Math.Min(0.5, settles) * (CavitationModel.MarginM(point.SuctionHeadM, _heat.CasingC, point.PumpFlowLpm) - _margin);

        var frictionW = 25 * faults[BearingWear] + 10 * faults[DryRunning];
        var shaftW = ShaftW(point.PumpFlowLpm * headFactor, water) + frictionW + 60 * faults[MotorOverload];
        _motor.Load(shaftW, voltage);
        _heat.Step(seconds, ambientC, _motor.LossW, frictionW, shaftW - frictionW, water * point.PumpFlowLpm, 1 - 0.97 * faults[FluidOverheating]);
        Level(seconds, point.PumpFlowLpm - point.MeterFlowLpm);
        return State(faults, voltage, ambientC);
    }

    /// <summary>Disc friction grows with the cube of the speed, the work on the water with its flow (Euler's equation); what is vapour takes none.</summary>
    private double ShaftW(double liquidLpm, double water)
    {
        var speed = _motor.Speed;
        return DiscFrictionW * (0.3 + 0.7 * water) * speed * speed * speed
            + FlowW * water * liquidLpm / HydraulicLoop.RatedFlowLpm * speed * speed;
    }

    private void Level(double seconds, double leakLpm)
    {
        var makeUp = Math.Clamp((FullLevelM - _level) * 60, 0, MostMakeUpLpm);
        _level = Math.Clamp(_level + (makeUp - leakLpm) / 60_000 * seconds / TankAreaM2, 0.1, FullLevelM);
    }

    private PumpState State(FaultLevels faults, double voltage, double ambientC)
    {
        // Independent causes add by their squares. An imbalance shakes with the square of the speed.
        var speed = _motor.Speed * _motor.Speed;
        var imbalance = 8 * faults[RotorImbalance] * speed;
        var bubbles = 2.5 * CavitationModel.Noise(_margin);
        var bearing = 2 * faults[BearingWear];
        var motorSide = Math.Sqrt(speed * speed + imbalance * imbalance + 0.5 * bubbles * bubbles + 1.5 * bearing * bearing);
        var pumpSide = Math.Sqrt(speed * speed + 0.8 * imbalance * imbalance + bubbles * bubbles + bearing * bearing);
        return new PumpState(
            Math.Max(0, _flow), _head * BarPerM, _motor.CurrentA, MotorVibrationG * motorSide, PumpVibrationG * pumpSide, _heat.MotorC,
            _heat.CasingC, voltage, _motor.SpeedRpm, _level, _motor.TorqueNm, _motor.InputW, ambientC);
    }
}
