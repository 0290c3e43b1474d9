using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration;

/// <summary>What every sensor is told that is asked for its readings. Not abstract, so that the schema can tell the defaults.</summary>
internal record PolledSensorOptions : SensorOptions
{
    [Description("What notices call this sensor; unique in this file.")]
    [Length(1, 64)]
    public required string Name { get; set; }

    [Description("The time between two readings. Default: one row, which is 1 / sampling.rateHz; 0.1 s for a buffer.")]
    [Range(0.001, 86_400.0)]
    public double? EverySeconds { get; set; }

    [Description("For so long a reading counts in rows after its own; then the channel is missing until the next one. Default: three times everySeconds, at least three rows.")]
    [Range(0.001, 86_400.0)]
    public double? FreshSeconds { get; set; }

    [Description("What several readings within one row become.")]
    public RowRule Row { get; set; } = RowRule.Mean;

    /// <summary>Instead of one row's time, for a kind that has a period of its own.</summary>
    internal virtual double? DefaultEverySeconds => null;

    /// <summary>What it gives, in the order in which it gives it.</summary>
    internal virtual IReadOnlyList<ReadingOptions> Outputs => [];
}
