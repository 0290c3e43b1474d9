using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The anomaly model and when its scores become an alarm.")]
internal sealed record DetectionOptions
{
    [Description("The folder of the anomaly package, relative to this file.")]
    [MinLength(1)]
    public required string Package { get; set; }

    public AlarmOptions Alarm { get; set; } = new();

    public DriftOptions Drift { get; set; } = new();
}
