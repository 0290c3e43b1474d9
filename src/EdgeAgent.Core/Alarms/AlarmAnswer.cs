using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Alarms;

/// <summary>The answer to an <see cref="AlarmRequest"/>.</summary>
/// <param name="Text">One line.</param>
/// <param name="Alarm">Where the alarm stands now; null if it is unknown.</param>
public sealed record AlarmAnswer(AlarmVerdict Verdict, string Text, AlarmStatus? Alarm = null)
{
    public bool IsDone => Verdict is AlarmVerdict.Done or AlarmVerdict.AlreadySo;
}
