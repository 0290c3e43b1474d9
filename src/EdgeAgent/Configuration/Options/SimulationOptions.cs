using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

/// <summary>What every simulated machine is told. Not abstract, so that the schema can tell the defaults.</summary>
internal record SimulationOptions : SourceOptions
{
    [Description("The same seed gives the same readings.")]
    [Range(0, int.MaxValue)]
    public int Seed { get; set; } = 1;

    [Description("Simulated seconds per real second: 1 = real time, 0 = as fast as possible.")]
    [Range(0.0, 1000.0)]
    public double Speed { get; set; } = 1;

    [Description("The simulation ends after so many simulated seconds. Default: never.")]
    [Range(1.0, 1e9)]
    public double? DurationSeconds { get; set; }

    [Description("Faults of the machine.")]
    [Length(0, 1000)]
    public IReadOnlyList<ScheduledFault> Faults { get; set; } = [];

    [Description("Faults of single sensors.")]
    [Length(0, 1000)]
    public IReadOnlyList<ScheduledSensorFault> SensorFaults { get; set; } = [];
}
