using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("When a normal level that slowly left the calibration is told, for models that follow slow changes.")]
internal sealed record DriftOptions
{
    [Description("How far from the calibrated level, in its standard deviations. 0 or null: drift is not told.")]
    [Range(0.0, 1000.0)]
    public double? LimitSigma { get; set; } = 8;

    [Description("It must stay beyond the limit for so long.")]
    [Range(0.0, 10_080.0, MinimumIsExclusive = true)]
    public double ForMinutes { get; set; } = 10;

    [Description("A drift that went on for so long without an alarm becomes the new normal, in a new version of the calibration. 0: only `edgeagent calibrations accept` makes it so.")]
    [Range(0.0, 87_600.0)]
    public double AcceptAfterHours { get; set; } = 168;
}
