namespace EdgeAgent.Core.Diagnosis;

/// <summary>Where a channel went, as far as its deviation tells.</summary>
internal enum Direction
{
    Steady,
    SlightlyDown,
    SlightlyUp,
    Down,
    Up,
}
