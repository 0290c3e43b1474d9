using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The machine that the device is bolted to.")]
internal sealed record MachineOptions
{
    [Description("The machine's id, as it stands in every decision.")]
    [RegularExpression(AgentOptions.NamePattern, ErrorMessage = AgentOptions.NameAllowed)]
    public required string Id { get; init; }

    [Description("The type of machine; must equal machineType in the fault library.")]
    [Length(1, 64)]
    public required string Type { get; init; }

    [Description("What can go wrong with this type of machine: a JSON file, relative to this file.")]
    [MinLength(1)]
    public required string FaultLibrary { get; init; }

    public ShaftOptions? Shaft { get; init; }

    [Description("Its rolling bearings, next to which vibration channels sit.")]
    [MaxLength(16)]
    public IReadOnlyList<BearingOptions> Bearings { get; init; } = [];

    public ModesOptions? Modes { get; init; }
}
