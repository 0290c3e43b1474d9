namespace EdgeAgent.Core.Sampling;

/// <summary>
/// How a number lies in the bytes of a register:
/// <code>
///  bytes (first … last as they come over the bus)  ─▶  one number, big or little end first  ─▶  shifted right  ─▶  its lowest bits, signed or not
/// </code>
/// </summary>
/// <param name="Bytes">1..4.</param>
/// <param name="LittleEndian">The first byte is the lowest one.</param>
/// <param name="Shift">How many bits lie below the number.</param>
/// <param name="Bits">How many bits it has; Shift + Bits are no more than the bytes have.</param>
/// <param name="IsSigned">Two's complement of that many bits.</param>
public sealed record RegisterLayout(int Bytes, bool LittleEndian, int Shift, int Bits, bool IsSigned)
{
    /// <param name="data">As many bytes as the layout has.</param>
    public long Decode(ReadOnlySpan<byte> data)
    {
        ulong number = 0;
        for (var i = 0; i < Bytes; i++)
        {
            number = (number << 8) | data[LittleEndian ? Bytes - 1 - i : i];
        }

        var above = 64 - Bits;
        var top = number >> Shift << above;
        return IsSigned ? (long)top >> above : (long)(top >> above);
    }
}
