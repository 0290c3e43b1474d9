namespace EdgeAgent.Core.Signals;

/// <summary>How long a verdict must last before it is told (on-delay and off-delay of ISA-18.2).</summary>
/// <param name="RaiseAfter">From the first bad reading to the sensor alarm.</param>
/// <param name="ClearAfter">From the first good reading to the end of the sensor alarm.</param>
public sealed record HealthDelays(TimeSpan RaiseAfter, TimeSpan ClearAfter);
