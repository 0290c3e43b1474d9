using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The time after an anomaly package was taken into use: one that fails, gives a score that is no number, is slower than the windows come, or raises too many alarms is taken back by itself.")]
internal sealed record ProbationOptions
{
    [Description("How long. 0 takes nothing back.")]
    [Range(0.0, 10_080.0)]
    public double Minutes { get; set; } = 60;

    [Description("Machine alarms that it may raise within an hour.")]
    [Range(1, 10_000)]
    public int MaxAlarmsPerHour { get; set; } = 6;
}
