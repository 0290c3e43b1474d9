using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("A device that the kernel's IIO drivers read, e.g. an ADC or an accelerometer: asked value by value, or by the buffer that the kernel fills.")]
internal sealed record IioSensorOptions : PolledSensorOptions
{
    private const double BufferEverySeconds = 0.1;

    [Description("The device by what its file `name` under /sys/bus/iio/devices says, e.g. ina226. It must be the only one of that name.")]
    [Length(1, 128)]
    public string? Device { get; set; }

    [Description("The device by its folder, or that of its bus device, e.g. /sys/bus/i2c/devices/1-0040, where several have one name.")]
    [Length(1, 4096)]
    public string? Path { get; set; }

    [Description("What is read from it.")]
    [Length(1, 64)]
    public required IReadOnlyList<IioReadingOptions> Readings { get; set; }

    [Description("Samples come out of the device's buffer at its own rate, and everySeconds is how often it is emptied. Without it the device is asked value by value.")]
    public IioBufferOptions? Buffer { get; set; }

    internal override double? DefaultEverySeconds => Buffer is null ? null : BufferEverySeconds;

    /// <summary>How often the buffer is emptied.</summary>
    internal double BlockSeconds => EverySeconds ?? BufferEverySeconds;

    internal override IReadOnlyList<ReadingOptions> Outputs => Readings;
}
