namespace EdgeAgent.Core.Machines;

/// <summary>What the device config knows of a machine beforehand, and a model therefore need not learn.</summary>
/// <param name="SampleRateHz">Of every channel.</param>
/// <param name="ShaftHz">Nominal turns per second; null if not told.</param>
/// <param name="ShaftTolerance">The real speed lies within nominal × (1 ± this).</param>
/// <param name="Bearings">For each channel the bearing that its sensor sits at, null if none.</param>
public sealed record MachineFacts(double SampleRateHz, double? ShaftHz, double ShaftTolerance, IReadOnlyList<BearingOrders?> Bearings);
