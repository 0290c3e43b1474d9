using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A fault of the simulated machine.")]
internal sealed record ScheduledFault
{
    [Description("The fault's id in the machine's fault library.")]
    [MinLength(1)]
    public required string Fault { get; set; }

    [Description("When it begins, in simulated seconds from the start.")]
    [Range(0.0, 1e9)]
    public required double StartSeconds { get; set; }

    [Description("How long it lasts, ramp included. Default: to the end.")]
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double? DurationSeconds { get; set; }

    [Description("0 = no effect, 1 = as bad as it gets before the machine stops.")]
    [Range(0.0, 1.0)]
    public double Severity { get; set; } = 1;

    [Description("How long it takes to grow to its severity; 0 = at once.")]
    [Range(0.0, 1e9)]
    public double RampSeconds { get; set; }
}
