using System.Buffers.Binary;
using System.Numerics;

namespace EdgeAgent.Storage.Recovery;

/// <summary>
/// The checksum of a write-ahead log, over pairs of 32-bit words: first += word 1 + second, second += word 2 + first. It starts with
/// the sums of the frame before. https://sqlite.org/fileformat2.html#checksum_algorithm
/// </summary>
internal static class WalChecksum
{
    private const int HeadBytes = 8;
    private const int PageAt = 24;

    /// <param name="data">A multiple of 8 bytes.</param>
    public static (uint First, uint Second) Of((uint First, uint Second) sum, ReadOnlySpan<byte> data, bool bigEndian)
    {
        var (first, second) = sum;
        for (; data.Length >= 8; data = data[8..])
        {
            first += Word(data, bigEndian) + second;
            second += Word(data[4..], bigEndian) + first;
        }

        return (first, second);
    }

    /// <summary>
    /// Whether a frame that is wrong would be right if one of its bits were the other way. The sums are linear: a bit that changes word 1 of a
    /// pair by d changes both by d, one of word 2 only the second, and each pair behind makes (a + b, a + 2b) of a change (a, b).
    /// </summary>
    /// <param name="before">The sums of the frame before.</param>
    /// <param name="frame">Its 24 bytes of header and its page.</param>
    public static bool IsOneBitOff((uint First, uint Second) before, ReadOnlySpan<byte> frame, bool bigEndian)
    {
        var (first, second) = Of(Of(before, frame[..HeadBytes], bigEndian), frame[PageAt..], bigEndian);
        var (x, y) = (BinaryPrimitives.ReadUInt32BigEndian(frame[16..]), BinaryPrimitives.ReadUInt32BigEndian(frame[20..]));
        if (BitOperations.PopCount(x ^ first) + BitOperations.PopCount(y ^ second) <= 1)
        {
            // In the sums themselves, or in the salts, which they do not cover.
            return true;
        }

        // What a change by 1 of word 1, and of word 2, of the last pair does; then of the pair before it, and so on.
        var (offX, offY) = (x - first, y - second);
        (uint X, uint Y) byOne = (1, 1), byTwo = (0, 1);
        for (var pairs = (frame.Length - PageAt + HeadBytes) / 8; pairs > 0; pairs--)
        {
            for (var change = 1u; change != 0; change <<= 1)
            {
                if (Is(byOne, change) || Is(byOne, 0 - change) || Is(byTwo, change) || Is(byTwo, 0 - change))
                {
                    return true;
                }
            }

            byOne = (byOne.X + byOne.Y, byOne.X + (2 * byOne.Y));
            byTwo = (byTwo.X + byTwo.Y, byTwo.X + (2 * byTwo.Y));
        }

        return false;

        bool Is((uint X, uint Y) by, uint change) => by.X * change == offX && by.Y * change == offY;
    }

    private static uint Word(ReadOnlySpan<byte> data, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(data) : BinaryPrimitives.ReadUInt32LittleEndian(data);
}
