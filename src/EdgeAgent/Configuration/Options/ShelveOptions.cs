using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EdgeAgent.Configuration;

[Description("What may be shelved: hidden from receivers for a limited time.")]
internal sealed record ShelveOptions
{
    [Description("The longest time that somebody may shelve an alarm for.")]
    [Range(1.0, 43_200.0)]
    public double MaxMinutes { get; set; } = 480;

    [Description("Let critical machine alarms be shelved too. Without it a shelved machine alarm that grows critical is unshelved.")]
    public bool Critical { get; set; }
}
