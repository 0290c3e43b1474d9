namespace EdgeAgent.Core.Alarms;

public enum Severity
{
    Info,
    Warning,
    Critical,
}
