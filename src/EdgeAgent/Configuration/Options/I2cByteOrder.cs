namespace EdgeAgent.Configuration;

/// <summary>Which byte of a register comes first over the bus.</summary>
internal enum I2cByteOrder
{
    HighFirst,
    LowFirst,
}
