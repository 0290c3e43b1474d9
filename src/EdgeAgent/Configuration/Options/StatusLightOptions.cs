using System.ComponentModel;

namespace EdgeAgent.Configuration;

[Description("One lamp on a GPIO line that tells by its pattern: running, alarm, package accepted, package refused. Off when the agent has ended.")]
internal sealed record StatusLightOptions : GpioOutputOptions;
