using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration;

[Description("A CRC of eight bits behind the bytes of every register.")]
internal sealed record I2cChecksumOptions
{
    [Description("Its polynomial without the highest power, e.g. \"0x31\"; SMBus has \"0x07\".")]
    [RegularExpression(HexBytes.BytePattern, ErrorMessage = "0x and two hex digits")]
    public string Polynomial { get; set; } = "0x31";

    [Description("Its value before the first byte; SMBus has \"0x00\".")]
    [RegularExpression(HexBytes.BytePattern, ErrorMessage = "0x and two hex digits")]
    public string Initial { get; set; } = "0xff";

    [Description("What it covers: data = the register's bytes; message = address and register as well, as SMBus's packet error code does.")]
    public I2cChecksumCover Covers { get; set; } = I2cChecksumCover.Data;
}
