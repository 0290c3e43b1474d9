using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Machines;

namespace EdgeAgent.Configuration;

[Description("A rolling bearing: either its geometry or, from its data sheet, how often its defects are struck per turn.")]
internal sealed record BearingOptions
{
    [Description("What channels call it; unique in this file.")]
    [Length(1, 64)]
    public required string Name { get; set; }

    [Description("Number of rolling elements in one row.")]
    [Range(3, 200)]
    public int? Balls { get; set; }

    [Description("Diameter of a rolling element, in the unit of pitchDiameter.")]
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double? BallDiameter { get; set; }

    [Description("Diameter of the circle through the centres of the rolling elements.")]
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double? PitchDiameter { get; set; }

    [Description("Contact angle in degrees; 0 for a deep groove bearing.")]
    [Range(0.0, 89.0)]
    public double ContactAngleDeg { get; set; }

    public BearingOrderOptions? Orders { get; set; }

    /// <summary>From the geometry, unless the data sheet's figures are given.</summary>
    public BearingOrders DefectOrders() => Orders is { } told
        ? new BearingOrders(told.Bpfo, told.Bpfi, told.Bsf, told.Ftf)
        : BearingOrders.FromGeometry(Balls!.Value, BallDiameter!.Value, PitchDiameter!.Value, ContactAngleDeg);
}
