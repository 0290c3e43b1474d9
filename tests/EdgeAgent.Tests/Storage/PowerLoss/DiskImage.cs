namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>The files of a folder tree, by path relative to it.</summary>
internal sealed class DiskImage(IReadOnlyDictionary<string, byte[]> files)
{
    public IReadOnlyDictionary<string, byte[]> Files => files;

    public static DiskImage Read(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllBytes));

    /// <summary>In place of all that is in the folder.</summary>
    public void Lay(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.GetFiles(folder))
        {
            File.Delete(old);
        }

        foreach (var old in Directory.GetDirectories(folder))
        {
            Directory.Delete(old, recursive: true);
        }

        foreach (var (name, content) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }
}
