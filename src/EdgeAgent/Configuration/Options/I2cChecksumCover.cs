namespace EdgeAgent.Configuration;

/// <summary>Which bytes a checksum is made of.</summary>
internal enum I2cChecksumCover
{
    Data,
    Message,
}
