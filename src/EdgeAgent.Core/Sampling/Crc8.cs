namespace EdgeAgent.Core.Sampling;

/// <summary>A cyclic redundancy check of eight bits, highest bit first, as sensor chips use it; SMBus's packet error code is the one with polynomial 07 that starts at 0.</summary>
/// <param name="Polynomial">Without its highest power: x⁸ + x⁵ + x⁴ + 1 is 31.</param>
/// <param name="Initial">The value before the first byte.</param>
public sealed record Crc8(byte Polynomial, byte Initial)
{
    public byte Of(params ReadOnlySpan<byte> data)
    {
        var crc = Initial;
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (byte)((crc & 0x80) != 0 ? (crc << 1) ^ Polynomial : crc << 1);
            }
        }

        return crc;
    }
}
