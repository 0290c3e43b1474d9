using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeAgent.Core.Snapshots;

namespace EdgeAgent.Storage.Snapshots;

/// <summary>
/// One snapshot on the disk; all numbers little-endian:
/// <code>
///   header, one line of JSON │ '\n' │ readings × ( int64 UTC ticks │ int64 ticks since the alarm │ float32 per channel ) │ SHA-256
/// </code>
/// A tick is 100 ns; the wall clock's are counted from the year 1, and a reading that is missing is NaN. The sum is over
/// everything before it.
/// </summary>
internal static class SnapshotFile
{
    public const int SumBytes = SHA256.HashSizeInBytes;
    private const int LongestHeader = 65_536;
    private const int LongestFile = 1 << 30;
    private const int ReadingsAtOnce = 1024;

    public static byte[] HeaderLine(SnapshotHeader header) => [.. JsonSerializer.SerializeToUtf8Bytes(header, SnapshotJson.Default.SnapshotHeader), (byte)'\n'];

    /// <summary>Copies a range out of the ring while others go on filling it.</summary>
    /// <returns>False when the ring has lost a reading of the range meanwhile.</returns>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    public static bool TryWrite(Stream file, byte[] headerLine, ReadingRing ring, SnapshotRange range)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Write(ReadOnlySpan<byte> bytes)
        {
            sum.AppendData(bytes);
            file.Write(bytes);
        }

        Write(headerLine);
        var times = new ReadingTime[ReadingsAtOnce];
        var values = new float[ReadingsAtOnce * ring.Channels];
        var bytes = new byte[ReadingsAtOnce * ReadingRing.BytesPerReading(ring.Channels)];
        for (var from = range.From; from < range.To; from += ReadingsAtOnce)
        {
            var count = (int)Math.Min(ReadingsAtOnce, range.To - from);
            if (!ring.TryCopy(from, times.AsSpan(0, count), values))
            {
                return false;
            }

            Write(bytes.AsSpan(0, Encode(times.AsSpan(0, count), values, ring.Channels, range.RaisedAt.Ticks, bytes)));
        }

        file.Write(sum.GetHashAndReset());
        return true;
    }

    /// <summary>Reads a whole snapshot and proves that it is what was written.</summary>
    /// <param name="problem">What is wrong with the file, in one line.</param>
    public static Snapshot? TryRead(string path, out string? problem)
    {
        try
        {
            if (new FileInfo(path).Length > LongestFile)
            {
                problem = $"larger than {LongestFile >> 20} MB, which no snapshot is";
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            if (Parse(bytes, bytes.Length, out var line, out problem) is not { } header)
            {
                return null;
            }

            var body = bytes.AsMemory(0, bytes.Length - SumBytes);
            problem = SHA256.HashData(body.Span).AsSpan().SequenceEqual(bytes.AsSpan(body.Length)) ? null : "damaged: its sum is not that of its bytes";
            return problem is null ? new Snapshot(header, body[(line + 1)..]) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read: {e.Message}";
            return null;
        }
    }

    /// <summary>Reads the first line alone, and checks that the file is as long as it says.</summary>
    /// <param name="problem">What is wrong with the file, in one line.</param>
    public static SnapshotHeader? TryReadHeader(string path, out string? problem)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var start = new byte[LongestHeader];
            return Parse(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)), file.Length, out _, out problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read: {e.Message}";
            return null;
        }
    }

    /// <param name="start">Of the file, with the whole first line.</param>
    /// <param name="length">Of the file.</param>
    /// <param name="line">Where the first line ends.</param>
    private static SnapshotHeader? Parse(ReadOnlySpan<byte> start, long length, out int line, out string? problem)
    {
        line = start[..Math.Min(start.Length, LongestHeader)].IndexOf((byte)'\n');
        try
        {
            var header = line < 0 ? null : JsonSerializer.Deserialize(start[..line], SnapshotJson.Default.SnapshotHeader);
            problem = header is null ? "damaged: it does not begin with a line of JSON"
                : header.Schema != SnapshotHeader.SchemaName ? $"found schema {Quoted(header.Schema)}, allowed: {SnapshotHeader.SchemaName}"
                : Fits(header, length - line - 1) ? null
                : "damaged: it is not as long as its first line says";
            return problem is null ? header : null;
        }
        catch (JsonException)
        {
            problem = "damaged: it does not begin with the JSON of a snapshot";
            return null;
        }
    }

    private static bool Fits(SnapshotHeader header, long rest) =>
        header is { Readings: > 0, Channels: [_, ..] }
        && header.ReadingsBefore >= 0 && header.ReadingsBefore <= header.Readings
        && header.Channels.All(channel => channel is not null)
        && rest == ((long)header.Readings * ReadingRing.BytesPerReading(header.Channels.Count)) + SumBytes
        && rest < LongestFile;

    private static int Encode(ReadOnlySpan<ReadingTime> times, ReadOnlySpan<float> values, int channels, long zero, Span<byte> bytes)
    {
        var at = 0;
        for (var i = 0; i < times.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes[at..], times[i].UtcTicks);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(at + sizeof(long))..], times[i].MonotonicTicks - zero);
            at += 2 * sizeof(long);
            foreach (var value in values.Slice(i * channels, channels))
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes[at..], value);
                at += sizeof(float);
            }
        }

        return at;
    }

    private static string Quoted(string? text) => $"\"{string.Concat((text ?? "").Take(40).Where(letter => !char.IsControl(letter)))}\"";
}
