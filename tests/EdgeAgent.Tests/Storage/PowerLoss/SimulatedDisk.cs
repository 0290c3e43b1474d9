namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>
/// A folder on a disk that may lose power. What a file's fsync saw is durable, and what a folder's fsync saw of its names. Of the rest,
/// each sector and each change of a name may be there or not, in any order: more than any file system with a journal would lose.
/// </summary>
internal sealed class SimulatedDisk(string root)
{
    private readonly Dictionary<int, SimulatedFile> _files = [];
    private readonly Namespace _now = new();
    private readonly Namespace _durable = new();
    private readonly List<NameChange> _pending = [];
    private int _lastFolder = Namespace.Root;

    public void Take(FileOperation operation)
    {
        switch (operation)
        {
            case FileOperation.Create made:
                _files[made.File] = new SimulatedFile();
                Change(new NameChange(made.File, Takes: null, Gives: Place(made.Path)));
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
                Sync(sync.Path == root ? Namespace.Root : Node(sync.Path));
                break;
            case FileOperation.Rename rename:
                Change(new NameChange(Node(rename.From), Place(rename.From), Place(rename.To)));
                break;
            case FileOperation.Link link:
                Change(new NameChange(Node(link.From), Takes: null, Gives: Place(link.To)));
                break;
            case FileOperation.Unlink unlink:
                Change(new NameChange(Node(unlink.Path), Place(unlink.Path), Gives: null));
                break;
            case FileOperation.MakeFolder made:
                Change(new NameChange(--_lastFolder, Takes: null, Gives: Place(made.Path)));
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

        foreach (var change in _pending)
        {
            _durable.Apply(change);
        }

        _pending.Clear();
    }

    /// <summary>What a power cut leaves: the files by name, relative to the folder.</summary>
    public Dictionary<string, byte[]> After(PowerCut cut)
    {
        var names = new Namespace(_durable);
        foreach (var change in _pending.Where(_ => cut.KeepsName()))
        {
            names.Apply(change);
        }

        return names.Files().ToDictionary(file => file.Path, file => _files[file.Node].After(cut.Version, cut.Length));
    }

    private void Change(NameChange change)
    {
        _now.Apply(change);
        _pending.Add(change);
    }

    private void Sync(int folder)
    {
        foreach (var change in _pending.Where(pending => pending.Folder == folder).ToArray())
        {
            _durable.Apply(change, synced: true);
            _pending.Remove(change);
        }
    }

    private (int Folder, string Name) Place(string path) => _now.Place(Path.GetRelativePath(root, path));

    private int Node(string path) => _now[Place(path)] ?? throw new InvalidDataException($"{path} is not there");
}
