using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("The readings of all channels around every published alarm, kept on the device. They leave it only when somebody asks for them.")]
internal sealed record SnapshotOptions
{
    [Description("So much is kept from before an alarm.")]
    [Range(0.0, 3600.0)]
    public double BeforeSeconds { get; set; } = 60;

    [Description("So much is kept from after it.")]
    [Range(0.0, 3600.0)]
    public double AfterSeconds { get; set; } = 60;

    [Description("Disk space for all of them; the oldest go first. In a day at most ten times as much is written. 0: nothing is kept.")]
    [Range(0.0, 10_000.0)]
    public double MaxMegabytes { get; set; } = 50;

    [Description("Memory for the readings that pass by, taken at the start as far as it is needed. Where it is too small for the times above, they are shortened, and the log says so.")]
    [Range(1, 256)]
    public int MemoryMegabytes { get; set; } = 16;
}
