namespace EdgeAgent.Core.Sampling;

/// <summary>What several readings of one channel within one row become.</summary>
public enum RowRule
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The latest of them.</summary>
    Latest,
}
