namespace EdgeAgent.Core.Signals;

/// <summary>A sensor alarm was raised, changed its verdict, or ended.</summary>
/// <param name="Channel">Index of the channel in the device's order.</param>
/// <param name="Verdict">What is wrong; what was wrong when <paramref name="Active"/> is false.</param>
/// <param name="Active">True from the raise to the end.</param>
/// <param name="IsUpdate">True when a standing alarm only changed its verdict.</param>
/// <param name="Value">The reading that decided; NaN when there was none.</param>
public readonly record struct HealthChange(int Channel, ChannelHealth Verdict, bool Active, bool IsUpdate, float Value);
