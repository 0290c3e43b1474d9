using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Simulation;

namespace EdgeAgent.Tests.Sensors.Simulation;

public sealed class FaultScheduleTests
{
    private readonly FaultSchedule _schedule = new(
    [
        new ScheduledFault { Fault = "leak", StartSeconds = 100, DurationSeconds = 50, Severity = 0.8, RampSeconds = 20 },
        new ScheduledFault { Fault = "leak", StartSeconds = 140, Severity = 0.5 },
    ]);

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 0)]
    [InlineData(110, 0.4)]
    [InlineData(120, 0.8)]
    [InlineData(145, 0.8)]
    [InlineData(150, 0.5)]
    [InlineData(1e6, 0.5)]
    public void A_fault_grows_stays_and_ends_and_the_worse_of_two_counts(double seconds, double level) =>
        Assert.Equal(level, _schedule.At(seconds)["leak"], 9);
}
