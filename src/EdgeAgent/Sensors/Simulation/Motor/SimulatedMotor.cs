using EdgeAgent.Core.Machines;

namespace EdgeAgent.Sensors.Simulation.Motor;

/// <summary>
/// A motor's shaft on two bearings, as accelerometers feel it: harmonics of the shaft, the noise of rolling contact coloured by the
/// structure, and the impulses of damaged parts. Defects are in the first bearing; sensors elsewhere feel them weakly.
/// </summary>
internal sealed class SimulatedMotor
{
    private const double ShaftG = 0.02;
    private const double RollingG = 0.05;
    private const double StrikeG = 2.5;
    private const double FarShare = 0.12;

    private readonly double _shaftHz;
    private readonly Wander _speed;
    private readonly Gauss _gauss;
    private readonly (string Fault, BearingDefect Defect)[] _defects;
    private readonly (bool Near, Resonance Structure, double Phase)[] _places;
    private double _turns;

    /// <param name="bearing">The bearing that can be damaged; null for a motor of which none is known.</param>
    /// <param name="near">For each sensor whether it sits at that bearing.</param>
    public SimulatedMotor(double shaftHz, BearingOrders? bearing, IReadOnlyList<bool> near, double rateHz, Gauss gauss)
    {
        _shaftHz = shaftHz;
        _gauss = gauss;
        _speed = new Wander(0.002, 30, gauss);
        _defects = bearing is null ? [] :
        [
            (MotorFaults.OuterRace, new BearingDefect(bearing.Bpfo, 0, gauss)),
            (MotorFaults.InnerRace, new BearingDefect(bearing.Bpfi, 1, gauss)),
            (MotorFaults.RollingElement, new BearingDefect(2 * bearing.Bsf, bearing.Ftf, gauss)),
        ];
        _places = [.. near.Select((isNear, i) => (isNear, new Resonance((0.26 + (0.05 * i)) * rateHz, 0.04, rateHz), i * 0.7))];
    }

    /// <param name="sensors">Receives one acceleration per sensor, g.</param>
    public void Step(double seconds, FaultLevels faults, Span<float> sensors)
    {
        _turns += _shaftHz * (1 + _speed.Step(seconds)) * seconds;
        var strike = 0.0;
        foreach (var (fault, defect) in _defects)
        {
            var level = faults[fault];
            strike += level > 0 ? StrikeG * level * defect.At(_turns) : 0;
        }

        var dry = faults[MotorFaults.LubricationPoor];
        for (var i = 0; i < sensors.Length; i++)
        {
            var (near, structure, phase) = _places[i];
            var angle = (2 * Math.PI * _turns) + phase;
            var shaft = ((1 + (10 * faults[MotorFaults.RotorImbalance])) * Math.Cos(angle))
                + ((0.4 + (10 * faults[MotorFaults.Misalignment])) * Math.Cos(2 * angle));
            var share = near ? 1 : FarShare;
            var rolling = RollingG * _gauss.Next();

            // Metal on metal is heard where the structure rings, far above the shaft's harmonics.
            var ringing = (rolling * (1 + (4 * dry * share))) + (strike * share);
            sensors[i] = (float)((ShaftG * shaft) + (0.5 * rolling) + structure.Step(ringing));
        }
    }
}
