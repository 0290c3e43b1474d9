using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

/// <summary>What every output is told. Not abstract, so that the schema can tell the defaults.</summary>
internal record GpioOutputOptions : IGpioPlace
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

    [Description("On is a low voltage.")]
    public bool ActiveLow { get; set; }
}
