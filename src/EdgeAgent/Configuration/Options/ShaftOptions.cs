using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The machine's shaft. Vibration models compute from its speed where defects show.")]
internal sealed record ShaftOptions
{
    [Description("Nominal speed in turns per minute.")]
    [Range(1.0, 600_000.0)]
    public required double SpeedRpm { get; set; }

    [Description("How far the real speed may be from the nominal one: slip, load, an imprecise drive.")]
    [Range(0.0, 10.0)]
    public double TolerancePercent { get; set; } = 2;
}
