using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Configuration;

[Description("One measured quantity.")]
internal sealed record ChannelOptions
{
    // The language model writes channel names between backticks inside JSON text, so these characters cannot occur.
    private const string NamePattern = """^[^\s`"\\\x00-\x1f](?:[^`"\\\x00-\x1f]{0,62}[^\s`"\\\x00-\x1f])?$""";

    [Description("What the technician calls it; unique in this file.")]
    [RegularExpression(NamePattern, ErrorMessage = "1..64 characters without ` \" \\ and without spaces at the ends")]
    public required string Name { get; set; }

    [Description("What it measures. Models and fault libraries know channels by their role.")]
    [ChannelRole]
    public required string Role { get; set; }

    [Description("The engineering unit of its values, e.g. l/min, bar, A, g, °C, V.")]
    [Length(1, 16)]
    public required string Unit { get; set; }

    [Description("Its column in a CSV file. Default: the channel's name.")]
    [MinLength(1)]
    public string? Column { get; set; }

    [Description("Lowest plausible value in the channel's unit; anything below is a sensor fault. Default: no limit.")]
    public double? Min { get; set; }

    [Description("Highest plausible value in the channel's unit; anything above is a sensor fault. Default: no limit.")]
    public double? Max { get; set; }

    [Description("A value that stands still for so long is a sensor fault. 0 = may stand still for ever.")]
    [Range(0.0, 86_400.0)]
    public double StuckAfterSeconds { get; set; }

    [Description("A change up to this size, in the channel's unit, counts as standing still.")]
    [Range(0.0, 1e9)]
    public double SmallestChange { get; set; }

    [Description("The bearing that the sensor sits at, by its name in /machine/bearings.")]
    [MinLength(1)]
    public string? Bearing { get; set; }
}
