using System.IO.Compression;

namespace EdgeAgent.Core.ModelPackages.Archives;

/// <summary>The bytes of one file of an archive, never more than its directory claims.</summary>
public static class EntryReader
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Hands the file's bytes on in pieces.</summary>
    /// <returns>False if the packed bytes are broken, or more or fewer than claimed come out. An I/O error of the archive or of <paramref name="take"/> is thrown on.</returns>
    public static bool TryCopy(Stream archive, ArchiveEntry entry, Action<ReadOnlySpan<byte>> take)
    {
        using var packed = new PackedBytes(archive, entry.DataOffset, entry.StoredBytes);
        if (!entry.IsDeflated)
        {
            return TryCopy(packed, entry.Bytes, take);
        }

        using var inflated = new DeflateStream(packed, CompressionMode.Decompress);
        try
        {
            return TryCopy(inflated, entry.Bytes, take);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <returns>null if the packed bytes are broken.</returns>
    public static byte[]? TryReadAll(Stream archive, ArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        return TryCopy(archive, entry, piece => bytes.Write(piece)) ? bytes.ToArray() : null;
    }

    private static bool TryCopy(Stream from, long expected, Action<ReadOnlySpan<byte>> take)
    {
        var buffer = new byte[(int)Math.Min(BufferBytes, expected + 1)];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            expected -= read;
            if (expected < 0)
            {
                return false;
            }

            take(buffer.AsSpan(0, read));
        }

        return expected == 0;
    }
}
