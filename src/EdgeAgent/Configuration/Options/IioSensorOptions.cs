using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A device that the kernel's IIO drivers read, e.g. an ADC, asked value by value.")]
internal sealed record IioSensorOptions : PolledSensorOptions
{
    [Description("The device by what its file `name` under /sys/bus/iio/devices says, e.g. ina226. It must be the only one of that name.")]
    [Length(1, 128)]
    public string? Device { get; set; }

    [Description("The device by its folder, or that of its bus device, e.g. /sys/bus/i2c/devices/1-0040, where several have one name.")]
    [Length(1, 4096)]
    public string? Path { get; set; }

    [Description("What is read from it.")]
    [Length(1, 64)]
    public required IReadOnlyList<IioReadingOptions> Readings { get; set; }

    internal override IReadOnlyList<ReadingOptions> Outputs => Readings;
}
