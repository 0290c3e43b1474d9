using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration;

[Description("A bit of a one-byte register that says when a reading is ready. It is looked at every millisecond.")]
internal sealed record I2cReadyOptions
{
    [Description("The register.")]
    [RegularExpression(HexBytes.RegisterPattern, ErrorMessage = "0x and two or four hex digits")]
    public required string Register { get; set; }

    [Description("The bit, 0 is the lowest.")]
    [Range(0, 7)]
    public required int Bit { get; set; }

    [Description("What it says when a reading is ready.")]
    public bool Value { get; set; } = true;

    [Description("After so long without it the chip counts as failing.")]
    [Range(0.001, 10.0)]
    public double TimeoutSeconds { get; set; } = 0.1;
}
