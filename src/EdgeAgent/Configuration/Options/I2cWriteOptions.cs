using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration;

[Description("One write to the chip.")]
internal sealed record I2cWriteOptions
{
    [Description("All bytes in the order of the bus, the register first, e.g. \"0xf427\".")]
    [RegularExpression(HexBytes.DataPattern, ErrorMessage = "0x and two hex digits for each of 1..32 bytes")]
    public required string Write { get; set; }

    [Description("How long the chip is left alone afterwards.")]
    [Range(0.0, 10.0)]
    public double WaitSeconds { get; set; }
}
