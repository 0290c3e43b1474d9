using EdgeAgent.Configuration;

namespace EdgeAgent.Sensors.Simulation;

/// <summary>Which machine faults are there when.</summary>
internal sealed class FaultSchedule(IReadOnlyList<ScheduledFault> faults)
{
    /// <param name="seconds">Simulated time since the start.</param>
    public FaultLevels At(double seconds)
    {
        var levels = default(Dictionary<string, double>);
        foreach (var fault in faults)
        {
            var since = seconds - fault.StartSeconds;
            if (since < 0 || since >= fault.DurationSeconds)
            {
                continue;
            }

            var grown = fault.RampSeconds > 0 ? Math.Min(1, since / fault.RampSeconds) : 1;
            levels ??= [];
            levels[fault.Fault] = Math.Max(levels.GetValueOrDefault(fault.Fault), fault.Severity * grown);
        }

        return levels is null ? FaultLevels.None : new FaultLevels(levels);
    }
}
