namespace EdgeAgent.Configuration;

/// <summary>How a serial line guards its bytes.</summary>
internal enum SerialParity
{
    Even,
    Odd,
    None,
}
