namespace EdgeAgent.Core.Alarms;

/// <summary>When a machine alarm begins and ends (ISA-18.2: on-delay, off-delay, deadband).</summary>
/// <param name="ClearBelow">Fraction of the threshold that the score must fall below before the alarm can end.</param>
/// <param name="OnDelay">How long the score must stay above the threshold.</param>
/// <param name="OffDelay">How long it must stay below the clearing level.</param>
/// <param name="CriticalAbove">Multiple of the threshold from which on an alarm is critical.</param>
public sealed record AlarmLimits(double ClearBelow, TimeSpan OnDelay, TimeSpan OffDelay, double CriticalAbove);
