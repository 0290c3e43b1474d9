namespace EdgeAgent.Core.Alarms;

/// <summary>What happened to a machine alarm.</summary>
public enum AlarmEvent
{
    Raised,

    /// <summary>It grew from a warning to critical.</summary>
    Updated,
    Cleared,
}
