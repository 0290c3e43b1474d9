using System.ComponentModel;

namespace EdgeAgent.Configuration;

[Description("A simulated centrifugal pump in a closed water loop, with faults on a schedule.")]
internal sealed record SimulatedSourceOptions : SimulationOptions;
