using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Configuration;

[Description("One number in a register.")]
internal sealed record I2cReadingOptions : ReadingOptions
{
    [Description("The register, e.g. \"0x0f\"; four digits where the chip numbers them with two bytes. Default: the chip is read without naming one.")]
    [RegularExpression(HexBytes.RegisterPattern, ErrorMessage = "0x and two or four hex digits")]
    public string? Register { get; set; }

    [Description("How many bytes it has.")]
    [Range(1, 4)]
    public int Bytes { get; set; } = 2;

    [Description("Which byte comes first over the bus.")]
    public I2cByteOrder Order { get; set; } = I2cByteOrder.HighFirst;

    [Description("Whether it is a two's complement.")]
    public bool Signed { get; set; }

    [Description("How many bits of the register lie below the number.")]
    [Range(0, 31)]
    public int Shift { get; set; }

    [Description("How many bits the number has. Default: all above shift.")]
    [Range(1, 32)]
    public int? Bits { get; set; }

    internal RegisterLayout Layout => new(Bytes, Order == I2cByteOrder.LowFirst, Shift, Bits ?? (8 * Bytes) - Shift, Signed);
}
