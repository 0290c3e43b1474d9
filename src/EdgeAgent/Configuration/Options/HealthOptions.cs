using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("When a bad sensor is told as a sensor alarm.")]
internal sealed record HealthOptions
{
    [Description("A channel whose readings are missing or out of range for so long raises a sensor alarm.")]
    [Range(0.0, 86_400.0)]
    public double RaiseAfterSeconds { get; set; } = 5;

    [Description("A sensor alarm ends after good readings for so long.")]
    [Range(0.0, 86_400.0)]
    public double ClearAfterSeconds { get; set; } = 10;

    [Description("When no reading at all arrives for so long, every channel counts as stale.")]
    [Range(0.1, 86_400.0)]
    public double StaleAfterSeconds { get; set; } = 10;
}
