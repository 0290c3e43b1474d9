using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration;

[Description("A register that tells which chip answers.")]
internal sealed record I2cChipIdOptions
{
    [Description("The register, e.g. \"0xd0\".")]
    [RegularExpression(HexBytes.RegisterPattern, ErrorMessage = "0x and two or four hex digits")]
    public required string Register { get; set; }

    [Description("What it must hold, in the order of the bus, e.g. \"0x60\".")]
    [RegularExpression(HexBytes.RegisterPattern, ErrorMessage = "0x and two or four hex digits")]
    public required string Value { get; set; }
}
