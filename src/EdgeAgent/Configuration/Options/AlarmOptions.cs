using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("When a machine alarm begins and ends. What is not set follows the package's recommendation.")]
internal sealed record AlarmOptions
{
    [Description("The score must stay above the threshold for so long.")]
    [Range(0.0, 86_400.0)]
    public double? OnDelaySeconds { get; set; }

    [Description("The score must stay below the clearing level for so long.")]
    [Range(0.0, 86_400.0)]
    public double? OffDelaySeconds { get; set; }

    [Description("The clearing level, as a fraction of the threshold.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double? ClearBelow { get; set; }

    [Description("An alarm is critical above this multiple of the threshold.")]
    [Range(1.0, 1000.0)]
    public double CriticalAbove { get; set; } = 2;

    [Description("Hold a machine alarm after its cause has gone, until somebody resets it.")]
    public bool Latch { get; set; }
}
