namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>The names of a folder tree. A folder is a number, so that what lies in it goes with it when it is renamed.</summary>
internal sealed class Namespace
{
    public const int Root = -1;

    private readonly Dictionary<(int Folder, string Name), int> _entries;

    public Namespace() => _entries = [];

    public Namespace(Namespace other) => _entries = new(other._entries);

    public int? this[(int Folder, string Name) place] => _entries.TryGetValue(place, out var node) ? node : null;

    /// <param name="synced">
    /// The fsync of a folder makes its names durable wherever they came from; without one, what never had its old name on this disk does not
    /// get the new one.
    /// </param>
    public void Apply(NameChange change, bool synced = false)
    {
        var had = change.Takes is not { } from || _entries.Remove(from);
        if ((had || synced) && change.Gives is { } place)
        {
            _entries[place] = change.Node;
        }
    }

    /// <summary>Where the last name of a path lies.</summary>
    /// <param name="path">Relative to the root.</param>
    public (int Folder, string Name) Place(string path)
    {
        var names = path.Split('/');
        return (names[..^1].Aggregate(Root, (folder, name) => _entries[(folder, name)]), names[^1]);
    }

    /// <returns>The files below a folder, by path.</returns>
    public IEnumerable<(string Path, int Node)> Files(int folder = Root, string prefix = "")
    {
        foreach (var ((_, name), node) in _entries.Where(entry => entry.Key.Folder == folder).ToArray())
        {
            if (node >= 0)
            {
                yield return (prefix + name, node);
                continue;
            }

            foreach (var file in Files(node, prefix + name + "/"))
            {
                yield return file;
            }
        }
    }
}
