using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration;

[Description("One fault.")]
internal sealed record FaultEntry
{
    [Description("Stable id, unique in this file.")]
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,63}$", ErrorMessage = "1..64 small letters, digits or -")]
    public required string Id { get; set; }

    [Description("A technician's name for it.")]
    [Length(1, 120)]
    public required string Title { get; set; }

    [Description("One or two sentences.")]
    [Length(1, 500)]
    public required string Description { get; set; }

    [Description("For each role, or role/statistic, that tells this fault from others: where it moves. A role alone is the channel's level (mean or rms).")]
    [SignatureKeys]
    public required IReadOnlyDictionary<string, SignatureDirection> Signature { get; set; }

    [Description("What to do, word for word as the technician will read it.")]
    [Length(1, 20)]
    public required IReadOnlyList<string> Actions { get; set; }
}
