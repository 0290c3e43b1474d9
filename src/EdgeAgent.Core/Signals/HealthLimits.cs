namespace EdgeAgent.Core.Signals;

/// <summary>What a believable reading of one channel looks like.</summary>
/// <param name="Minimum">Lowest plausible value in the channel's unit; null = unlimited.</param>
/// <param name="Maximum">Highest plausible value in the channel's unit; null = unlimited.</param>
/// <param name="StuckAfter">How long a live sensor may show the same value; null = for ever.</param>
/// <param name="SmallestChange">A change up to this size, in the channel's unit, counts as no change.</param>
public sealed record HealthLimits(float? Minimum, float? Maximum, TimeSpan? StuckAfter, float SmallestChange = 0);
