using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A new anomaly package first scores the same live windows as the one in use, without any effect; it is not taken if it breaks one of these rules.")]
internal sealed record ShadowOptions
{
    [Description("How long, once it is calibrated. 0 takes it at once.")]
    [Range(0.0, 10_080.0)]
    public double Minutes { get; set; } = 60;

    [Description("Windows that must have been compared; a machine that stands still compares none, and the time goes on until it has run.")]
    [Range(1, 1_000_000)]
    public int Windows { get; set; } = 60;

    [Description("Highest share of windows in which one of the two is above its threshold and the other is not.")]
    [Range(0.0, 100.0)]
    public double MaxDisagreementPercent { get; set; } = 5;

    [Description("By how much its share of windows with a standing alarm may exceed that of the package in use.")]
    [Range(0.0, 100.0)]
    public double MaxExtraAlarmPercent { get; set; } = 1;

    [Description("Highest 95th percentile of its scoring time, as a share of the time from one window to the next.")]
    [Range(1.0, 100.0)]
    public double MaxLatencyPercent { get; set; } = 50;
}
