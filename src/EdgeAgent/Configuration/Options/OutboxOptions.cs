using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("Where decisions wait until the broker has them.")]
internal sealed record OutboxOptions
{
    [Description("Disk space for undelivered decisions.")]
    [Range(1, 100_000)]
    public int MaxMB { get; init; } = 200;
}
