namespace EdgeAgent.Configuration;

/// <summary>From which severity an alarm switches a relay.</summary>
internal enum AlarmRelayFrom
{
    Warning,
    Critical,
}
