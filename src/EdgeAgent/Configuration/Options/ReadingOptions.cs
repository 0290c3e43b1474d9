using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

/// <summary>What every reading of a sensor is told. Not abstract, so that the schema can tell the defaults.</summary>
internal record ReadingOptions
{
    [Description("The channel that it is for, by its name in /channels.")]
    [MinLength(1)]
    public required string Channel { get; set; }

    [Description("The channel's value is the reading × scale + offset. Default: 1.")]
    [Range(-1e12, 1e12)]
    public double? Scale { get; set; }

    [Description("In the channel's unit.")]
    [Range(-1e12, 1e12)]
    public double Offset { get; set; }

    /// <summary>The unit that the device itself counts in; null where nobody knows.</summary>
    internal virtual string? NativeUnit => null;
}
