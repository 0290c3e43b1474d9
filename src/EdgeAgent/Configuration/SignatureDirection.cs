namespace EdgeAgent.Configuration;

/// <summary>Where a fault moves what a signature's key names.</summary>
internal enum SignatureDirection
{
    Up,
    Down,
    Steady,

    /// <summary>Up, and the strongest of its channel's bearing defect lines.</summary>
    Dominant,
}
