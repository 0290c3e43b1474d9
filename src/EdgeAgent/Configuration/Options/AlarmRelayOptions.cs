using System.ComponentModel;

namespace EdgeAgent.Configuration;

[Description("A relay or lamp on a GPIO line that is on while a machine alarm stands.")]
internal sealed record AlarmRelayOptions : GpioOutputOptions
{
    [Description("The least severity that switches it on.")]
    public AlarmRelayFrom From { get; set; }

    [Description("Whether it is on after the agent has ended, e.g. for a relay that falls off to tell an alarm.")]
    public bool OnAtExit { get; set; }
}
