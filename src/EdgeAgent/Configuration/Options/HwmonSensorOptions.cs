using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A chip that the kernel's hwmon drivers read, e.g. an LM75.")]
internal sealed record HwmonSensorOptions : PolledSensorOptions
{
    [Description("The chip by what its file `name` under /sys/class/hwmon says, e.g. lm75. It must be the only one of that name.")]
    [Length(1, 128)]
    public string? Chip { get; set; }

    [Description("The chip by its folder, e.g. /sys/bus/i2c/devices/1-0048, where several have one name. It may be the folder of the bus device, in which the kernel numbers hwmon folders anew.")]
    [Length(1, 4096)]
    public string? Path { get; set; }

    [Description("What is read from it.")]
    [Length(1, 64)]
    public required IReadOnlyList<HwmonReadingOptions> Readings { get; set; }

    internal override IReadOnlyList<ReadingOptions> Outputs => Readings;
}
