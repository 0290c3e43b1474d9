using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("One operating mode.")]
internal sealed record ModeOptions
{
    [Description("E.g. off, idle, load.")]
    [RegularExpression(AgentOptions.NamePattern, ErrorMessage = AgentOptions.NameAllowed)]
    public required string Name { get; set; }

    [Description("The mode reaches up to this value of the channel. Every mode but the last has it.")]
    public double? Below { get; set; }

    [Description("Score the machine in this mode. False for a machine that is switched off.")]
    public bool Watch { get; set; } = true;
}
