using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A fault of one sensor of the simulated machine.")]
internal sealed record ScheduledSensorFault
{
    [Description("The channel's name.")]
    [MinLength(1)]
    public required string Sensor { get; set; }

    [Description("stuck = repeats its last value; missing = no reading; out-of-range = a value that no sensor gives.")]
    public required SensorFaultKind Kind { get; set; }

    [Description("When it begins, in simulated seconds from the start.")]
    [Range(0.0, 1e9)]
    public required double StartSeconds { get; set; }

    [Description("How long it lasts. Default: to the end.")]
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double? DurationSeconds { get; set; }

    [Description("What an out-of-range sensor shows. Default: well above the channel's max, or 9999 if it has none.")]
    public double? Value { get; set; }
}
