using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The machine that the device is bolted to.")]
internal sealed record MachineOptions
{
    [Description("The machine's id, as it stands in every decision.")]
    [RegularExpression(AgentOptions.NamePattern, ErrorMessage = AgentOptions.NameAllowed)]
    public required string Id { get; set; }

    [Description("The type of machine; must equal machineType in the fault library.")]
    [Length(1, 64)]
    public required string Type { get; set; }

    [Description("What can go wrong with this type of machine: a JSON file, relative to this file.")]
    [MinLength(1)]
    public required string FaultLibrary { get; set; }

    public ShaftOptions? Shaft { get; set; }

    [Description("Its rolling bearings, next to which vibration channels sit.")]
    [MaxLength(16)]
    public IReadOnlyList<BearingOptions> Bearings { get; set; } = [];

    public ModesOptions? Modes { get; set; }
}
