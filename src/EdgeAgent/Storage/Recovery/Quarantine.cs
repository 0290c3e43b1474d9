using System.Globalization;

namespace EdgeAgent.Storage.Recovery;

/// <summary>Puts damaged files aside, for somebody to look at: <c>outbox.damaged-NNNN-TIME.db</c>, the newest few of them.</summary>
internal sealed class Quarantine(string path, long maxBytes)
{
    private const int Kept = 3;

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
    private readonly string _name = Path.GetFileNameWithoutExtension(path) + ".damaged-";

    /// <summary>Moves the database, then its log: while the database is there, nothing has happened yet.</summary>
    /// <returns>The name under which it lies now.</returns>
    public string Put(DateTimeOffset now)
    {
        var last = Copies().LastOrDefault();
        var number = last is null ? 1 : int.Parse(Path.GetFileName(last).AsSpan(_name.Length, 4), CultureInfo.InvariantCulture) + 1;
        var name = string.Create(CultureInfo.InvariantCulture, $"{_name}{number:0000}-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.db");
        File.Move(path, Path.Combine(_folder, name), overwrite: true);
        DurableFile.SyncDirectory(_folder);
        if (File.Exists(path + "-wal"))
        {
            File.Move(path + "-wal", Path.Combine(_folder, name + "-wal"), overwrite: true);
        }

        // A rollback journal is there only while the file is being made; left behind, it would undo the new one.
        File.Delete(path + "-journal");
        File.Delete(path + "-shm");
        DurableFile.SyncDirectory(_folder);
        return name;
    }

    /// <summary>Removes the oldest copies: more than a few, or larger than the outbox itself may be, help nobody.</summary>
    public void Trim()
    {
        var copies = Copies();
        var bytes = 0L;
        for (var i = copies.Count - 1; i >= 0; i--)
        {
            bytes += Length(copies[i]) + Length(copies[i] + "-wal");
            if (copies.Count - i > Kept || (bytes > maxBytes && i < copies.Count - 1))
            {
                File.Delete(copies[i]);
                File.Delete(copies[i] + "-wal");
            }
        }
    }

    private List<string> Copies() => [.. Directory.GetFiles(_folder, _name + "????-*.db")
        .Where(copy => Path.GetFileName(copy).AsSpan(_name.Length, 4).IndexOfAnyExceptInRange('0', '9') < 0).Order(StringComparer.Ordinal)];

    private static long Length(string copy) => File.Exists(copy) ? new FileInfo(copy).Length : 0;
}
