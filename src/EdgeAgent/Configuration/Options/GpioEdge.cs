namespace EdgeAgent.Configuration;

/// <summary>Which changes of a line count.</summary>
internal enum GpioEdge
{
    /// <summary>From inactive to active.</summary>
    Rising,
    Falling,
    Both,
}
