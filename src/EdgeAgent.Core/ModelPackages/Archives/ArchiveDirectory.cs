using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Core.ModelPackages.Archives;

/// <summary>
/// Reads which files an archive holds, and takes only archives that can be read in one way: the files lie one behind the
/// other from the first byte, the directory follows at once, its end is the end of the file, and what a file says of itself is
/// what the directory says. Everything that two readers could take differently is refused.
/// <code>
///  ┌ header, name, bytes ┐┌ header, name, bytes ┐ … ┌ directory: a header and a name for each ┐┌ end, 22 bytes ┐
/// </code>
/// </summary>
public static class ArchiveDirectory
{
    private const int EndBytes = 22;
    private const uint EndSignature = 0x06054B50;
    private const string Where = "archive";

    /// <param name="archive">Seekable. Read at most its directory and one header per file. An I/O error is thrown on.</param>
    /// <returns>False, with the first thing that is wrong, for anything but a plain archive. Does not throw on any bytes.</returns>
    public static bool TryRead(
        Stream archive,
        ArchiveLimits limits,
        [NotNullWhen(true)] out IReadOnlyList<ArchiveEntry>? entries,
        [NotNullWhen(false)] out PackageProblem? problem)
    {
        entries = null;
        problem = null;
        var found = new List<ArchiveEntry>();
        var fault = ReadEnd(archive, limits, out var directory, out var directoryOffset, out var count)
            ?? ReadEntries(archive, limits, directory, directoryOffset, count, found);
        if (fault is not null)
        {
            problem = new PackageProblem(Where, fault);
            return false;
        }

        entries = found;
        return true;
    }

    private static string? ReadEnd(Stream archive, ArchiveLimits limits, out byte[] directory, out long directoryOffset, out int count)
    {
        directory = [];
        directoryOffset = count = 0;
        if (archive.Length < EndBytes)
        {
            return $"{archive.Length} bytes; not a ZIP archive";
        }

        var end = ReadAt(archive, archive.Length - EndBytes, EndBytes);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndSignature || BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(20)) != 0)
        {
            return "does not end with a ZIP directory; it is cut off, not a ZIP archive, or has a comment";
        }

        count = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10));
        var size = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12));
        directoryOffset = BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16));
        if (BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(4)) != 0 || BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(8)) != count)
        {
            return "is spread over several disks; an archive is one file";
        }

        if (count < 1 || count > limits.Entries)
        {
            return $"holds {count} files; allowed: 1..{limits.Entries}";
        }

        if (size < count * EntryHeader.CentralBytes || size > count * (EntryHeader.CentralBytes + EntryName.MostCharacters)
            || directoryOffset + size != archive.Length - EndBytes)
        {
            return $"has a directory of {size} bytes at {directoryOffset}; it must lie right before the end, with {EntryHeader.CentralBytes} bytes and a name for each file";
        }

        directory = ReadAt(archive, directoryOffset, (int)size);
        return null;
    }

    private static string? ReadEntries(
        Stream archive, ArchiveLimits limits, ReadOnlySpan<byte> directory, long directoryOffset, int count, List<ArchiveEntry> entries)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long next = 0;
        long total = 0;
        for (var i = 0; i < count; i++)
        {
            if (directory.Length < EntryHeader.CentralBytes || !EntryHeader.IsCentral(directory))
            {
                return $"directory: no header for file {i + 1} of {count}";
            }

            var header = EntryHeader.ReadCentral(directory);
            if (header.NameBytes > directory.Length - EntryHeader.CentralBytes)
            {
                return $"directory: the name of file {i + 1} lies beyond its end";
            }

            var name = EntryHeader.ReadName(directory.Slice(EntryHeader.CentralBytes, header.NameBytes));
            var fault = !EntryName.IsSafe(name) ? $"is no name for a file; allowed: {EntryName.Allowed}"
                : !names.Add(name) ? "is there twice; names must differ in more than case"
                : header.CentralFault(directory) ?? SizeFault(header, limits, ref total)
                ?? PlaceFault(archive, header, directory, directoryOffset, next);
            if (fault is not null)
            {
                return $"\"{Shown(name)}\" {fault}";
            }

            var data = next + EntryHeader.LocalBytes + header.NameBytes;
            entries.Add(new ArchiveEntry(name, header.IsDeflated, header.StoredBytes, header.Bytes, data));
            next = data + header.StoredBytes;
            directory = directory[(EntryHeader.CentralBytes + header.NameBytes)..];
        }

        if (names.FirstOrDefault(name => Folders(name).Any(names.Contains)) is { } nested)
        {
            return $"\"{nested}\" lies in a folder that is a file of the archive";
        }

        return !directory.IsEmpty ? $"directory: {directory.Length} bytes too many"
            : next != directoryOffset ? $"{directoryOffset - next} bytes between the last file and the directory"
            : null;
    }

    /// <summary>"a/b/c" gives "a" and "a/b".</summary>
    private static IEnumerable<string> Folders(string name) =>
        Enumerable.Range(1, name.Length - 1).Where(i => name[i] == '/').Select(i => name[..i]);

    private static string? SizeFault(EntryHeader header, ArchiveLimits limits, ref long total) =>
        header.Bytes > limits.FileBytes ? $"claims {header.Bytes} bytes; allowed: up to {limits.FileBytes}"
        : header.Bytes > (long)header.StoredBytes * limits.Ratio ? $"claims {header.Bytes} bytes from {header.StoredBytes}; allowed: up to {limits.Ratio} times"
        : (total += header.Bytes) > limits.TotalBytes ? $"brings the archive to {total} bytes; allowed: up to {limits.TotalBytes}"
        : null;

    /// <summary>The file lies where the one before it ends, and says of itself what the directory says.</summary>
    private static string? PlaceFault(Stream archive, EntryHeader header, ReadOnlySpan<byte> central, long directoryOffset, long expected)
    {
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(central[42..]);
        var headerBytes = EntryHeader.LocalBytes + header.NameBytes;
        if (offset != expected || expected + headerBytes + header.StoredBytes > directoryOffset)
        {
            return $"lies at {offset}; it must follow the file before it, at {expected}, and end before the directory";
        }

        var local = ReadAt(archive, offset, headerBytes);
        return EntryHeader.IsLocal(local) && EntryHeader.ReadLocal(local) == header
            && local.AsSpan(EntryHeader.LocalBytes).SequenceEqual(central.Slice(EntryHeader.CentralBytes, header.NameBytes))
            ? null
            : "has another header than the directory says";
    }

    private static byte[] ReadAt(Stream archive, long offset, int count)
    {
        var bytes = new byte[count];
        archive.Position = offset;
        archive.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Safe to print in one line.</summary>
    private static string Shown(string name) =>
        new([.. name.Take(EntryName.MostCharacters).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
