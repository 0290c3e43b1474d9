using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The decisions that wait on disk for the broker: how much is kept, and how it is sent after an outage.")]
internal sealed record OutboxOptions
{
    [Description("Most megabytes that wait. Beyond that the lowest severity goes first and within it the oldest; what was lost is told as `records-lost`.")]
    [Range(1, 4096)]
    public int MaxMegabytes { get; set; } = 50;

    [Description("A decision that waited for so many days is thrown away and counted as lost. 0: none is, whatever its age.")]
    [Range(0.0, 3650.0)]
    public double MaxAgeDays { get; set; }

    [Description("Most megabytes that are held in memory while the disk is full or read-only.")]
    [Range(1, 256)]
    public int MemoryMegabytes { get; set; } = 8;

    [Description("After an outage, so many stored messages are sent per second beside the live ones. 0: as fast as the broker takes them.")]
    [Range(0, 100_000)]
    public int BacklogPerSecond { get; set; } = 100;
}
