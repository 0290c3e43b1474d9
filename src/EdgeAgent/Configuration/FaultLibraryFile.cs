using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Configuration;

[Description("What can go wrong with one type of machine.")]
internal sealed record FaultLibraryFile
{
    [JsonPropertyName("$schema")]
    [Description("Where an editor finds the JSON Schema of this file; the agent does not read it.")]
    public string? Schema { get; set; }

    [Description("The type of machine, as device configs name it.")]
    [Length(1, 64)]
    public required string MachineType { get; set; }

    [Length(1, 64)]
    public required IReadOnlyList<FaultEntry> Faults { get; set; }

    public FaultLibrary ToLibrary() => new(
        MachineType,
        [.. Faults.Select(fault => new Fault(
            fault.Id, fault.Title, fault.Description, fault.Signature.ToDictionary(pair => pair.Key, pair => NameOf(pair.Value)), fault.Actions))]);

    private static string NameOf(SignatureDirection direction) => direction switch
    {
        SignatureDirection.Up => "up",
        SignatureDirection.Down => "down",
        SignatureDirection.Dominant => SignatureKey.Dominant,
        _ => "steady",
    };
}
