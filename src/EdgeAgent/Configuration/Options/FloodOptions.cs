using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("When sensor alarms come too fast to be read. Further ones are not published, only counted and kept in the history. Machine alarms are never suppressed.")]
internal sealed record FloodOptions
{
    [Description("More sensor alarms than this in the time below are a flood. 0: nothing is ever suppressed.")]
    [Range(0, 10_000)]
    public int Alarms { get; set; } = 10;

    [Description("The time in which they are counted.")]
    [Range(1.0, 86_400.0)]
    public double Seconds { get; set; } = 60;
}
