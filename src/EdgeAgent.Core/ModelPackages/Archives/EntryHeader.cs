using System.Buffers.Binary;
using System.Text;

namespace EdgeAgent.Core.ModelPackages.Archives;

/// <summary>
/// The fields that a ZIP file has twice, before its bytes and in the directory (APPNOTE 6.3, 4.3.7 and 4.3.12):
/// <code>
///  central  0 signature  4 made by  6 needs  8 flags 10 method 12 time 14 date 16 crc 20 stored 24 bytes 28 name 30 extra
///          32 comment   34 disk    36 internal      38 external              42 offset         46 the name …
///  local    0 signature             4 needs  6 flags  8 method 10 time 12 date 14 crc 18 stored 22 bytes 26 name 28 extra
///          30 the name …
/// </code>
/// </summary>
internal readonly record struct EntryHeader(
    ushort Needs, ushort Flags, ushort Method, uint Stamp, uint Crc, uint StoredBytes, uint Bytes, ushort NameBytes, ushort ExtraBytes)
{
    public const int CentralBytes = 46;
    public const int LocalBytes = 30;
    private const uint CentralSignature = 0x02014B50;
    private const uint LocalSignature = 0x04034B50;

    // Deflate's speed, and names in UTF-8. Encryption, sizes that come afterwards and patches are not allowed.
    private const ushort AllowedFlags = 0x0806;
    private const ushort Deflated = 8;
    private const int HighestNeeds = 20;
    private const uint Regular = 0x8000;
    private const uint TypeMask = 0xF000;
    private const uint DosFolder = 0x10;

    public bool IsDeflated => Method == Deflated;

    /// <param name="header">46 bytes or more.</param>
    public static bool IsCentral(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32LittleEndian(header) == CentralSignature;

    /// <param name="header">30 bytes or more.</param>
    public static bool IsLocal(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32LittleEndian(header) == LocalSignature;

    public static EntryHeader ReadCentral(ReadOnlySpan<byte> header) => Read(header[6..]);

    public static EntryHeader ReadLocal(ReadOnlySpan<byte> header) => Read(header[4..]);

    public static string ReadName(ReadOnlySpan<byte> name) => Encoding.Latin1.GetString(name);

    /// <returns>What is not allowed, or null.</returns>
    /// <param name="central">The header's 46 bytes.</param>
    public string? CentralFault(ReadOnlySpan<byte> central)
    {
        var type = BinaryPrimitives.ReadUInt32LittleEndian(central[38..]);
        return (Flags & ~AllowedFlags) != 0 ? $"has the flags 0x{Flags:X4}; encryption, patches and sizes after the data are not allowed"
            : Method is not (0 or Deflated) ? $"is packed by method {Method}; allowed: 0 (stored), 8 (deflated)"
            : Needs > HighestNeeds ? $"needs ZIP version {Needs}; allowed: up to {HighestNeeds}, no zip64"
            : ExtraBytes != 0 || BinaryPrimitives.ReadUInt16LittleEndian(central[32..]) != 0 ? "has extra fields or a comment; none are allowed (zip -X makes none)"
            : BinaryPrimitives.ReadUInt16LittleEndian(central[34..]) != 0 ? "lies on another disk; an archive is one file"
            : ((type >> 16) & TypeMask) is not (0 or Regular) || (type & DosFolder) != 0 ? "is not a regular file; links, folders and devices are not allowed"
            : StoredBytes == uint.MaxValue || Bytes == uint.MaxValue ? "has zip64 sizes; not allowed"
            : !IsDeflated && StoredBytes != Bytes ? $"is stored in {StoredBytes} bytes and claims {Bytes}"
            : null;
    }

    private static EntryHeader Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(from),
        BinaryPrimitives.ReadUInt16LittleEndian(from[2..]),
        BinaryPrimitives.ReadUInt16LittleEndian(from[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(from[6..]),
        BinaryPrimitives.ReadUInt32LittleEndian(from[10..]),
        BinaryPrimitives.ReadUInt32LittleEndian(from[14..]),
        BinaryPrimitives.ReadUInt32LittleEndian(from[18..]),
        BinaryPrimitives.ReadUInt16LittleEndian(from[22..]),
        BinaryPrimitives.ReadUInt16LittleEndian(from[24..]));
}
