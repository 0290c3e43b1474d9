namespace EdgeAgent.Storage.Recovery;

/// <summary>
/// A new database made of what is readable in a damaged one. Steps, each of which may be the last before a power cut:
/// <code>
///  1 outbox.db.new   built and synced    the damaged files are untouched: begins again
///  2 outbox.db       put aside           from here on outbox.db.new is the database: <see cref="Finish"/> goes on
///  3 outbox.db-wal   put aside
///  4 outbox.db.new ─▶ outbox.db
/// </code>
/// The folder is synced behind 2, 3 and 4: a new database beside an old log would be neither.
/// </summary>
internal sealed class Replacement(string path)
{
    private static readonly string[] Companions = ["-wal", "-journal", "-shm"];

    private readonly string _folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;

    /// <summary>Where the new one is built.</summary>
    public string Path => path + ".new";

    /// <summary>Ends what a power cut interrupted.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Finish()
    {
        if (File.Exists(path) || !File.Exists(Path))
        {
            return;
        }

        foreach (var companion in Companions)
        {
            File.Delete(path + companion);
        }

        DurableFile.SyncDirectory(_folder);
        Rename();
    }

    /// <summary>Removes what an earlier try left.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Clear()
    {
        foreach (var leftover in (string[])[Path, .. Companions.Select(companion => Path + companion)])
        {
            File.Delete(leftover);
        }
    }

    /// <summary>Puts the damaged files aside and the new one in their place.</summary>
    /// <param name="maxBytes">What the files that were put aside may take together.</param>
    /// <returns>The name of the damaged one from now on.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public string TakePlace(DateTimeOffset now, long maxBytes)
    {
        var quarantine = new Quarantine(path, maxBytes);
        var name = quarantine.Put(now);
        Rename();
        quarantine.Trim();
        return name;
    }

    private void Rename()
    {
        File.Move(Path, path);
        DurableFile.SyncDirectory(_folder);
    }
}
