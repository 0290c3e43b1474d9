using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Core.Snapshots;

/// <summary>Readings around one alarm, by their numbers in the ring, to be written to the disk.</summary>
/// <param name="Raised">The decision that raised it.</param>
/// <param name="RaisedAt">When, on the monotonic scale of the readings.</param>
/// <param name="From">The first reading.</param>
/// <param name="Raise">The first reading after the alarm was raised.</param>
/// <param name="To">One past the last reading.</param>
public sealed record SnapshotRange(Decision Raised, TimeSpan RaisedAt, long From, long Raise, long To, SnapshotEnd After);
