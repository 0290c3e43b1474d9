namespace EdgeAgent.Configuration;

/// <summary>Where a fault moves a role.</summary>
internal enum SignatureDirection
{
    Up,
    Down,
    Steady,
}
