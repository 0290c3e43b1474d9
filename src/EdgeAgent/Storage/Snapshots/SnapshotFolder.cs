namespace EdgeAgent.Storage.Snapshots;

/// <summary>
/// The snapshots of one device, a ring with a quota in bytes: a new one makes room by deleting the oldest, those of alarms
/// that still want attention last. The order is that of the numbers in the files' names, whatever any clock says.
/// One process writes; any may read, and sees whole files only.
/// </summary>
internal sealed class SnapshotFolder(string dataDirectory, long quota)
{
    /// <summary>However small they are: every look through the folder opens them.</summary>
    public const int MostFiles = 1000;

    private readonly string _path = In(dataDirectory);

    public static string In(string dataDirectory) => System.IO.Path.Combine(dataDirectory, "snapshots");

    /// <summary>Oldest first.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static IReadOnlyList<SnapshotEntry> List(string folder) => !Directory.Exists(folder) ? []
        : [.. new DirectoryInfo(folder).EnumerateFiles().Select(Entry).OfType<SnapshotEntry>().OrderBy(entry => entry.Number)];

    /// <summary>The alarms whose readings are kept; none where the folder cannot be read.</summary>
    public static IReadOnlySet<Guid> Alarms(string dataDirectory)
    {
        try
        {
            return List(In(dataDirectory)).Select(entry => entry.AlarmId).ToHashSet();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HashSet<Guid>();
        }
    }

    /// <summary>The newest snapshot of an alarm, or of the decision that raised it.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static SnapshotEntry? Find(string folder, Guid id)
    {
        var entries = List(folder);
        return entries.LastOrDefault(entry => entry.AlarmId == id)
            ?? entries.LastOrDefault(entry => SnapshotFile.TryReadHeader(entry.Path, out _)?.DecisionId == id);
    }

    /// <summary>Whether a file of this size may lie here at all.</summary>
    public bool Takes(long bytes) => bytes <= quota;

    /// <summary>Removes what a killed process left unfinished. Only for the one that writes.</summary>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public void Tidy()
    {
        if (Directory.Exists(_path))
        {
            foreach (var left in Directory.EnumerateFiles(_path, "*" + DurableFile.TemporaryEnding))
            {
                File.Delete(left);
            }
        }
    }

    /// <summary>Writes the snapshot of an alarm, in the place of an earlier one of the same alarm.</summary>
    /// <param name="bytes">Of the file; both versions count until the earlier one is replaced.</param>
    /// <param name="wanted">Alarms that still want attention.</param>
    /// <param name="write">False: given up, and nothing of it stays.</param>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    public bool TryWrite(Guid alarm, long bytes, IReadOnlySet<Guid> wanted, Func<Stream, bool> write)
    {
        DurableFile.CreateFolder(_path);
        var entries = List(_path);
        var earlier = entries.LastOrDefault(entry => entry.AlarmId == alarm);
        var name = earlier?.Path ?? System.IO.Path.Combine(_path, SnapshotEntry.NameOf(entries is [.., var last] ? last.Number + 1 : 1, alarm));
        MakeRoom([.. entries.Where(entry => entry != earlier)], bytes + (earlier?.Bytes ?? 0), wanted);
        return DurableFile.TryReplace(name, write);
    }

    private void MakeRoom(List<SnapshotEntry> others, long bytes, IReadOnlySet<Guid> wanted)
    {
        var (sum, count) = (others.Sum(entry => entry.Bytes) + bytes, others.Count + 1);
        foreach (var entry in others.OrderBy(entry => wanted.Contains(entry.AlarmId)).ThenBy(entry => entry.Number))
        {
            if (sum <= quota && count <= MostFiles)
            {
                return;
            }

            File.Delete(entry.Path);
            (sum, count) = (sum - entry.Bytes, count - 1);
        }
    }

    /// <summary>A file may go while the folder is read.</summary>
    private static SnapshotEntry? Entry(FileInfo file)
    {
        try
        {
            return SnapshotEntry.Of(file);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
