namespace EdgeAgent.Sensors.Simulation.Motor;

/// <summary>
/// A pit in a rolling bearing: an impulse each time that it is struck, with a little slip between one strike and the next, and as
/// strong as the load where it happens to be (Randall and Antoni, Mechanical Systems and Signal Processing 25, 2011, section 2).
/// </summary>
/// <param name="order">Strikes per turn of the shaft.</param>
/// <param name="loadOrder">How often per turn the pit passes the loaded side; 0 for one that stands still.</param>
internal sealed class BearingDefect(double order, double loadOrder, Gauss gauss)
{
    private const double Slip = 0.01;

    private double _due = 1;

    /// <summary>The impulse of this sample, 0 between strikes.</summary>
    /// <param name="turns">Turns of the shaft since the start.</param>
    public double At(double turns)
    {
        var strikes = turns * order;
        if (strikes < _due)
        {
            return 0;
        }

        // After a pause without the fault the next strike is the next one due, not all that were missed.
        _due = Math.Max(_due, Math.Floor(strikes)) + 1 + (Slip * gauss.Next());
        var load = loadOrder > 0 ? 0.25 + (0.75 * Math.Max(0, Math.Cos(2 * Math.PI * loadOrder * turns))) : 1;
        return load * (1 + (0.1 * gauss.Next()));
    }
}
