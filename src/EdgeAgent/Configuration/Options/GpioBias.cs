namespace EdgeAgent.Configuration;

/// <summary>What the chip itself connects a line to.</summary>
internal enum GpioBias
{
    /// <summary>Whatever it is now.</summary>
    AsIs,
    PullUp,
    PullDown,
    None,
}
