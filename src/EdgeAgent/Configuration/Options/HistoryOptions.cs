using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("How long past alarms are kept on the device, whatever became of them at the broker. The oldest go first.")]
internal sealed record HistoryOptions
{
    [Description("Days.")]
    [Range(1.0, 3650.0)]
    public double Days { get; set; } = 30;

    [Description("Disk space.")]
    [Range(1.0, 10_000.0)]
    public double Megabytes { get; set; } = 50;
}
