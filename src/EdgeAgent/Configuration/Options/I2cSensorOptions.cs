using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("Any chip on an I2C bus, by the registers of its data sheet. Chips that the kernel has a driver for are better read through it.")]
internal sealed record I2cSensorOptions : PolledSensorOptions
{
    [Description("The bus, as in /dev/i2c-1.")]
    [Range(0, 1023)]
    public required int Bus { get; set; }

    [Description("The chip's address of seven bits.")]
    [RegularExpression("^0x(0[89A-Fa-f]|[1-6][0-9A-Fa-f]|7[0-7])$", ErrorMessage = "\"0x08\"..\"0x77\"")]
    public required string Address { get; set; }

    [Description("What must stand in a register for the chip to be the right one. Default: not looked at.")]
    public I2cChipIdOptions? ChipId { get; set; }

    [Description("What is written when the chip is opened, also after each fault.")]
    [Length(0, 64)]
    public IReadOnlyList<I2cWriteOptions> Init { get; set; } = [];

    [Description("What is written before each reading, e.g. to start one measurement.")]
    [Length(0, 16)]
    public IReadOnlyList<I2cWriteOptions> Before { get; set; } = [];

    [Description("The bit that says that a reading is ready. Default: it always is.")]
    public I2cReadyOptions? Ready { get; set; }

    [Description("The checksum that follows the bytes of every register. Default: none.")]
    public I2cChecksumOptions? Crc8 { get; set; }

    [Description("What is read from it.")]
    [Length(1, 64)]
    public required IReadOnlyList<I2cReadingOptions> Readings { get; set; }

    internal override IReadOnlyList<ReadingOptions> Outputs => Readings;
}
