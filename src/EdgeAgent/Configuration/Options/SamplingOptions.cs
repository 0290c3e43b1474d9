using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("How often all channels are read.")]
internal sealed record SamplingOptions
{
    [Description("Readings of every channel per second.")]
    [Range(0.01, 100_000.0)]
    public double RateHz { get; set; } = 1;

    [Description("A longer pause between two readings begins a new window.")]
    [Range(0.001, 86_400.0)]
    public double MaxGapSeconds { get; set; } = 5;
}
