using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Lights;

namespace EdgeAgent.Outputs;

/// <summary>A relay that is on while the machine has an alarm of some severity.</summary>
/// <param name="from">The least one.</param>
internal sealed class AlarmRelayOutput(HeldLine line, Severity from) : IOutput
{
    /// <summary>A line that was lost is taken again within this time.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private bool _on;

    public void Follow(StandingAlarms alarms, TimeSpan now) => _on = alarms.Machine >= from;

    public void Tell(LightSign verdict, TimeSpan now)
    {
        // It tells of the machine alone.
    }

    public TimeSpan Drive(TimeSpan now)
    {
        line.Drive(_on, now);
        return now + LookAgain;
    }

    public void End() => line.End();
}
