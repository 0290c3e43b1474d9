namespace EdgeAgent.Core.Alarms;

/// <param name="PeakScore">The highest score since the alarm began.</param>
public readonly record struct AlarmChange(AlarmEvent Event, Severity Severity, double Score, double PeakScore);
