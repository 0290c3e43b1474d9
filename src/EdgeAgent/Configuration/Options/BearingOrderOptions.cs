using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("How often each defect of the bearing is struck per turn of the shaft, instead of its geometry.")]
internal sealed record BearingOrderOptions
{
    [Description("Ball pass frequency, outer race.")]
    [Range(0.0, 200.0, MinimumIsExclusive = true)]
    public required double Bpfo { get; set; }

    [Description("Ball pass frequency, inner race.")]
    [Range(0.0, 200.0, MinimumIsExclusive = true)]
    public required double Bpfi { get; set; }

    [Description("Ball spin frequency.")]
    [Range(0.0, 200.0, MinimumIsExclusive = true)]
    public required double Bsf { get; set; }

    [Description("Fundamental train (cage) frequency.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public required double Ftf { get; set; }
}
