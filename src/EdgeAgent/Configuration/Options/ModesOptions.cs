using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The machine's operating modes, told from one channel. Each watched mode has its own normal; one that is off is no anomaly.")]
internal sealed record ModesOptions
{
    [Description("The name of the channel that tells the mode, e.g. the motor's current or speed.")]
    [MinLength(1)]
    public required string Channel { get; set; }

    [Description("From the lowest to the highest. Each but the last says up to which value it reaches.")]
    [Length(2, 16)]
    public required IReadOnlyList<ModeOptions> States { get; set; }

    [Description("The channel must pass a boundary by this much before the mode changes, in the channel's unit.")]
    [Range(0.0, 1e9)]
    public double Deadband { get; set; }

    [Description("After a change of mode nothing is scored for so long.")]
    [Range(0.0, 86_400.0)]
    public double SettleSeconds { get; set; } = 30;
}
