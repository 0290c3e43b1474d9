using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace EdgeAgent.Tests.Packages;

/// <summary>One file of a forged archive, with a hand on every byte of its two headers.</summary>
internal sealed class ForgedEntry(string name, byte[] bytes, bool deflate = false)
{
    private readonly byte[] _packed = deflate ? Deflate(bytes) : bytes;

    public string Name { get; init; } = name;

    /// <summary>What comes after the packed bytes, before the next header.</summary>
    public byte[] Gap { get; init; } = [];

    /// <summary>Extra fields of the local and of the central header.</summary>
    public (byte[] Local, byte[] Central) Extra { get; init; } = ([], []);

    public Action<byte[]> TouchLocal { get; init; } = _ => { };

    public Action<byte[]> TouchCentral { get; init; } = _ => { };

    public byte[] Local()
    {
        var name = Encoding.UTF8.GetBytes(Name);
        var header = new byte[30];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034B50);
        Common(header.AsSpan(4), name.Length, Extra.Local.Length);
        TouchLocal(header);
        return [.. header, .. name, .. Extra.Local, .. _packed, .. Gap];
    }

    public byte[] Central(int offset)
    {
        var name = Encoding.UTF8.GetBytes(Name);
        var header = new byte[46];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014B50);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 0x0314);
        Common(header.AsSpan(6), name.Length, Extra.Central.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(38), 0x81A4_0000);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(42), offset);
        TouchCentral(header);
        return [.. header, .. name, .. Extra.Central];
    }

    private void Common(Span<byte> to, int nameBytes, int extraBytes)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(to, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], (ushort)(deflate ? 8 : 0));
        BinaryPrimitives.WriteUInt32LittleEndian(to[6..], 0x0021_0000);
        BinaryPrimitives.WriteInt32LittleEndian(to[14..], _packed.Length);
        BinaryPrimitives.WriteInt32LittleEndian(to[18..], bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(to[22..], (ushort)nameBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(to[24..], (ushort)extraBytes);
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflater = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(bytes);
        }

        return packed.ToArray();
    }
}
