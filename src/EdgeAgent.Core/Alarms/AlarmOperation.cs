namespace EdgeAgent.Core.Alarms;

/// <summary>What somebody can do about an alarm.</summary>
public enum AlarmOperation
{
    Acknowledge,
    Shelve,
    Unshelve,
    Reset,
}
