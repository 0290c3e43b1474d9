namespace EdgeAgent.Core.Modes;

/// <summary>How a machine's operating mode is told.</summary>
/// <param name="Channel">Index of the channel that tells it.</param>
/// <param name="Modes">By rising <see cref="OperatingMode.Below"/>; the last has none.</param>
/// <param name="Deadband">The channel must pass a boundary by this much before the mode changes; in the channel's unit.</param>
/// <param name="Settle">After a change nothing is scored for so long: starting up is neither the old mode nor the new one.</param>
public sealed record ModeRule(int Channel, IReadOnlyList<OperatingMode> Modes, double Deadband, TimeSpan Settle);
