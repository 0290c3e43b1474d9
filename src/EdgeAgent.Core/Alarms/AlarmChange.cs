namespace EdgeAgent.Core.Alarms;

/// <param name="PeakScore">The highest score since the alarm began.</param>
/// <param name="Settled">For <see cref="AlarmEvent.Cleared"/>: the machine did not come back to its normal level but settled at a new one.</param>
public readonly record struct AlarmChange(AlarmEvent Event, Severity Severity, double Score, double PeakScore, bool Settled = false);
