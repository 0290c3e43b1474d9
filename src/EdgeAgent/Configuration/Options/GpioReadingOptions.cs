using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("One thing that is made of a GPIO line.")]
internal sealed record GpioReadingOptions : ReadingOptions
{
    [Description("level is 1 while the line is active and else 0; edges is how many came since the reading before; frequency is in Hz; rpm is in turns per minute.")]
    public required GpioMeasure Measure { get; set; }

    [Description("For rpm: how many edges one turn gives.")]
    [Range(0.001, 1_000_000.0)]
    public double PulsesPerTurn { get; set; } = 1;

    internal override string? NativeUnit => Measure switch { GpioMeasure.Frequency => "Hz", GpioMeasure.Rpm => "rpm", _ => null };
}
