namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>
/// A folder on a disk that may lose power. What a file's fsync saw is durable, and what a folder's fsync saw of its names. Of the rest,
/// each sector and each change of a name may be there or not, in any order: more than any file system with a journal would lose.
/// </summary>
internal sealed class SimulatedDisk(string root)
{
    private readonly Dictionary<int, SimulatedFile> _files = [];
    private readonly Dictionary<string, int> _durableNames = [];
    private readonly HashSet<string> _durableFolders = [root];
    private readonly List<FileOperation> _pendingNames = [];

    public void Take(FileOperation operation)
    {
        switch (operation)
        {
            case FileOperation.Create made:
                _files[made.File] = new SimulatedFile();
                _pendingNames.Add(made);
                break;
            case FileOperation.Write write:
                _files[write.File].Write(write.Offset, write.Data);
                break;
            case FileOperation.Truncate truncate:
                _files[truncate.File].Truncate(truncate.Length);
                break;
            case FileOperation.Sync sync:
                _files[sync.File].Sync(sync.Failed);
                break;
            case FileOperation.SyncFolder { Failed: false } sync:
                Sync(sync.Path);
                break;
            case FileOperation.Rename or FileOperation.Link or FileOperation.Unlink or FileOperation.MakeFolder:
                _pendingNames.Add(operation);
                break;
        }
    }

    /// <summary>All is durable: as after an orderly shutdown.</summary>
    public void Settle()
    {
        foreach (var file in _files.Values)
        {
            file.Sync(failed: false);
        }

        foreach (var folder in _pendingNames.OfType<FileOperation.MakeFolder>().Select(made => made.Path).Append(root).ToArray())
        {
            Sync(folder);
        }
    }

    /// <summary>What a power cut leaves: the files by name, relative to the folder.</summary>
    public Dictionary<string, byte[]> After(PowerCut cut)
    {
        var names = new Dictionary<string, int>(_durableNames);
        var folders = new HashSet<string>(_durableFolders);
        for (var i = 0; i < _pendingNames.Count; i++)
        {
            if (cut.KeepsName())
            {
                Apply(_pendingNames[i], names, folders);
            }
        }

        var image = new Dictionary<string, byte[]>();
        foreach (var (path, number) in names.Where(name => folders.Contains(Path.GetDirectoryName(name.Key)!)))
        {
            image[Path.GetRelativePath(root, path)] = _files[number].After(cut.Version, cut.Length);
        }

        return image;
    }

    private void Sync(string folder)
    {
        foreach (var operation in _pendingNames.Where(pending => Path.GetDirectoryName(NameOf(pending)) == folder).ToArray())
        {
            Apply(operation, _durableNames, _durableFolders);
            _pendingNames.Remove(operation);
        }
    }

    private static void Apply(FileOperation operation, Dictionary<string, int> names, HashSet<string> folders)
    {
        switch (operation)
        {
            case FileOperation.Create made:
                names[made.Path] = made.File;
                break;
            case FileOperation.Unlink unlink:
                names.Remove(unlink.Path);
                break;
            case FileOperation.Rename rename when names.Remove(rename.From, out var file):
                names[rename.To] = file;
                break;
            case FileOperation.Link link when names.TryGetValue(link.From, out var file):
                names[link.To] = file;
                break;
            case FileOperation.MakeFolder made:
                folders.Add(made.Path);
                break;
        }
    }

    private static string NameOf(FileOperation operation) => operation switch
    {
        FileOperation.Create made => made.Path,
        FileOperation.Unlink unlink => unlink.Path,
        FileOperation.Rename rename => rename.To,
        FileOperation.Link link => link.To,
        FileOperation.MakeFolder made => made.Path,
        _ => throw new ArgumentException($"{operation.GetType().Name} is no change of a name", nameof(operation)),
    };
}
