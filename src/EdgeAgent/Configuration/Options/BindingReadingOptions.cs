using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("One value of a chip.")]
internal sealed record BindingReadingOptions : ReadingOptions
{
    [Description("bme280: temperature (°C), pressure (kPa), humidity (%). adxl345: x, y, z (g). ads1115: voltage0..voltage3 (V). ina219: voltage (V), current (A), power (W). max31865: temperature (°C). mcp3008: voltage0..voltage7 (V).")]
    [Length(1, 32)]
    public required string Value { get; set; }

    internal override string? NativeUnit => BindingValues.UnitOf(Value);
}
