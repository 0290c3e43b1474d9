namespace EdgeAgent.Core.Machines;

/// <summary>How often each defect of a rolling bearing is struck, per turn of the shaft.</summary>
/// <param name="Bpfo">Ball pass frequency, outer race.</param>
/// <param name="Bpfi">Ball pass frequency, inner race.</param>
/// <param name="Bsf">Ball spin frequency; a spot on a ball is struck twice per spin.</param>
/// <param name="Ftf">Fundamental train (cage) frequency.</param>
public sealed record BearingOrders(double Bpfo, double Bpfi, double Bsf, double Ftf)
{
    /// <summary>
    /// From the geometry, for a turning inner race and no slip (Randall and Antoni, "Rolling element bearing diagnostics: a
    /// tutorial", Mechanical Systems and Signal Processing 25, 2011, eq. 1–4).
    /// </summary>
    /// <param name="balls">Number of rolling elements.</param>
    /// <param name="ballDiameter">In the unit of <paramref name="pitchDiameter"/>.</param>
    public static BearingOrders FromGeometry(int balls, double ballDiameter, double pitchDiameter, double contactAngleDegrees)
    {
        var ratio = ballDiameter / pitchDiameter * Math.Cos(contactAngleDegrees * Math.PI / 180);
        return new BearingOrders(
            balls / 2.0 * (1 - ratio),
            balls / 2.0 * (1 + ratio),
            pitchDiameter / (2 * ballDiameter) * (1 - (ratio * ratio)),
            (1 - ratio) / 2);
    }
}
