using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A chip that Iot.Device.Bindings reads, by its name. Not in every build: `kind` is refused where the build lacks it.")]
internal sealed record BindingSensorOptions : PolledSensorOptions
{
    [Description("Which chip. bme280, ads1115 and ina219 are on I2C, adxl345, max31865 and mcp3008 on SPI.")]
    public required BindingChip Chip { get; set; }

    [Description("The bus: 1 is /dev/i2c-1, or /dev/spidev1.N.")]
    [Range(0, 1023)]
    public required int Bus { get; set; }

    [Description("On I2C: the chip's address of seven bits. Default: 0x76 for bme280, 0x48 for ads1115, 0x40 for ina219.")]
    [RegularExpression("^0x(0[89A-Fa-f]|[1-6][0-9A-Fa-f]|7[0-7])$", ErrorMessage = "\"0x08\"..\"0x77\"")]
    public string? Address { get; set; }

    [Description("On SPI: the chip select, N in /dev/spidev0.N. Default: 0.")]
    [Range(0, 255)]
    public int? Select { get; set; }

    [Description("ina219: the shunt.")]
    [Range(0.0001, 1000.0)]
    public double ShuntOhms { get; set; } = 0.1;

    [Description("ads1115: the highest voltage that it must be able to see; the smallest range of the chip that holds it is used.")]
    [Range(0.001, 6.144)]
    public double RangeVolts { get; set; } = 4.096;

    [Description("adxl345: the highest acceleration that it must be able to see; the smallest range of the chip that holds it is used.")]
    [Range(0.1, 16.0)]
    public double RangeG { get; set; } = 16;

    [Description("mcp3008: the voltage at VREF.")]
    [Range(0.25, 7.0)]
    public double ReferenceVolts { get; set; } = 3.3;

    [Description("max31865: the reference resistor.")]
    [Range(1.0, 100_000.0)]
    public double ReferenceOhms { get; set; } = 430;

    [Description("max31865: how many wires the sensor has.")]
    [Range(2, 4)]
    public int Wires { get; set; } = 3;

    [Description("max31865: the sensor is a Pt1000, not a Pt100.")]
    public bool Pt1000 { get; set; }

    [Description("What is read from it.")]
    [Length(1, 8)]
    public required IReadOnlyList<BindingReadingOptions> Readings { get; set; }

    internal override IReadOnlyList<ReadingOptions> Outputs => Readings;
}
