using System.Buffers.Binary;

namespace EdgeAgent.Core.Decisions;

/// <summary>UUIDv7 (RFC 9562, section 5.7) whose random part comes from a seed, so that a replay is repeatable.</summary>
public sealed class ReplayIds(Random random)
{
    public Guid Next(DateTimeOffset at)
    {
        // 0              6      8                16
        // | unix ms, 48b | 7 ra | 10xx … random b |
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, Math.Max(0, at.ToUnixTimeMilliseconds()));
        time[2..].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
