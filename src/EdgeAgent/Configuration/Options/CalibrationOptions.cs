using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("How the agent learns what is normal for this machine.")]
internal sealed record CalibrationOptions
{
    [Description("Calibrate at the first start without being asked. The machine must be healthy then.")]
    public bool Auto { get; set; }

    [Description("How much normal running a calibration takes.")]
    [Range(60.0, 2_592_000.0)]
    public double DurationSeconds { get; set; } = 1800;

    [Description("Accepted share of normal windows above the threshold. Default: the package's recommendation.")]
    [Range(1e-9, 0.1)]
    public double? FalseAlarmRate { get; set; }
}
