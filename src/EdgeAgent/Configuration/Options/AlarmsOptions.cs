using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("How alarms are handled once they are raised: bursts, floods, shelving, history, the readings around them.")]
internal sealed record AlarmsOptions
{
    [Description("An alarm that is raised this soon after another one belongs to the same burst, and names its first alarm. 0: bursts are not told.")]
    [Range(0.0, 86_400.0)]
    public double FirstOutSeconds { get; set; } = 10;

    public FloodOptions Flood { get; set; } = new();

    public ShelveOptions Shelve { get; set; } = new();

    public HistoryOptions History { get; set; } = new();

    public SnapshotOptions Snapshots { get; set; } = new();
}
