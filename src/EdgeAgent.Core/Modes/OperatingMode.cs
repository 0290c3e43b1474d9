namespace EdgeAgent.Core.Modes;

/// <summary>One state in which a machine runs, told from one channel.</summary>
/// <param name="Name">E.g. "off", "idle", "load".</param>
/// <param name="Below">The state reaches up to this value of the mode channel; null for the highest state.</param>
/// <param name="Watch">False for a state that is not scored: a machine that is switched off is no anomaly.</param>
public sealed record OperatingMode(string Name, double? Below, bool Watch);
