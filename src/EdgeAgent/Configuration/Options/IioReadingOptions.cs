using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration;

[Description("One channel of an IIO device: V, A, W, °C, %, kPa, m/s², rad/s, rad, Gauss, Ω or m, with the driver's own scale and offset.")]
internal sealed record IioReadingOptions : ReadingOptions
{
    [Description("The channel's name in the device's folder without _raw or _input, e.g. in_voltage0.")]
    [RegularExpression(IioQuantity.ChannelPattern, ErrorMessage = "the name of an input channel without _raw or _input, e.g. in_voltage0, in_voltage0-voltage1, in_accel_x, in_temp")]
    public required string Attribute { get; set; }

    internal override string NativeUnit => IioQuantity.Of(Attribute).Unit;
}
