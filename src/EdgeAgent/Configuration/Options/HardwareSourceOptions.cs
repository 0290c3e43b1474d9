using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("Sensors on this device's buses and in its kernel. Each is read on its own schedule; sampling.rateHz is the rate of the rows that they are brought to.")]
internal sealed record HardwareSourceOptions : SourceOptions
{
    [Description("Who opens I2C buses and GPIO lines: the agent itself, or System.Device.Gpio where the build has it.")]
    public HardwareAdapter Adapter { get; set; }

    [Description("The sensors. Each channel gets its readings from exactly one of them.")]
    [Length(1, 64)]
    public required IReadOnlyList<SensorOptions> Sensors { get; set; }

    [Description("The sensor with a buffer whose samples make the rows: one row for each, or for the mean of so many that sampling.rateHz is reached. Default: rows have a clock of their own, which is for rates up to a few hundred per second.")]
    [MinLength(1)]
    public string? RowsFrom { get; set; }
}
