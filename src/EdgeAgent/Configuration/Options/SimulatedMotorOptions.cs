using System.ComponentModel;

namespace EdgeAgent.Configuration;

[Description("A simulated electric motor on the shaft and the bearings of this config, with faults on a schedule.")]
internal sealed record SimulatedMotorOptions : SimulationOptions;
