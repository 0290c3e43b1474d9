namespace EdgeAgent.Core.Detection;

/// <summary>Where one slot's drift stands; survives a restart together with the scorer's states.</summary>
/// <param name="Seconds">Until it begins: time beyond the limit. Then: time without an alarm.</param>
/// <param name="Standing">True from its beginning to its end.</param>
/// <param name="EndsBelow">A standing drift ends below so many sigma.</param>
/// <param name="Settled">True when it began with an alarm that ended at a new level.</param>
public readonly record struct DriftMemory(double Seconds, bool Standing, double EndsBelow, bool Settled);
