using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A GPIO line as an input: a contact, or pulses.")]
internal sealed record GpioSensorOptions : PolledSensorOptions, IGpioPlace
{
    [Description(GpioPlace.ChipMeans)]
    [Length(1, 4096)]
    public string? Chip { get; set; }

    [Description(GpioPlace.LineMeans)]
    [Length(1, 31)]
    public string? Line { get; set; }

    [Description(GpioPlace.OffsetMeans)]
    [Range(0, 1023)]
    public int? Offset { get; set; }

    [Description("A low voltage is what counts as active.")]
    public bool ActiveLow { get; set; }

    [Description("What the chip connects the line to.")]
    public GpioBias Bias { get; set; }

    [Description("Changes that are shorter do not count, as those of a contact that bounces. 0 = all count.")]
    [Range(0, 10_000_000)]
    public int DebounceMicroseconds { get; set; }

    [Description("Which edges are counted.")]
    public GpioEdge Edge { get; set; }

    [Description("For frequency and rpm: no edge for so long is standstill, 0. What turns slower is 0 too.")]
    [Range(0.01, 3600.0)]
    public double StillAfterSeconds { get; set; } = 2;

    [Description("What is made of it.")]
    [Length(1, 4)]
    public required IReadOnlyList<GpioReadingOptions> Readings { get; set; }

    internal override IReadOnlyList<ReadingOptions> Outputs => Readings;
}
