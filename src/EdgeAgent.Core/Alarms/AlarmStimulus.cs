namespace EdgeAgent.Core.Alarms;

/// <summary>What moves an alarm from one phase to another.</summary>
public enum AlarmStimulus
{
    Raise,

    /// <summary>The cause has gone.</summary>
    Return,
    Acknowledge,
    Reset,
}
