namespace EdgeAgent.Core.Snapshots;

/// <summary>What is to be said of the readings after an alarm.</summary>
public enum SnapshotEnd
{
    /// <summary>They are still coming; after a kill they never came.</summary>
    Pending,

    /// <summary>The time that was asked for has passed.</summary>
    Complete,

    /// <summary>Fewer: the readings ended, or the memory for them.</summary>
    Cut,
}
