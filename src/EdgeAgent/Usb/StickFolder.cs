using EdgeAgent.Files;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Usb;

/// <summary>
/// The folder <c>edgeagent</c> of a mounted stick. No link is followed on the way into it, and what is opened is looked at
/// again afterwards: whoever wrote the stick decides about every byte of its file system.
/// </summary>
internal sealed class StickFolder : IDisposable
{
    public const string Name = "edgeagent";
    private const string Ending = ".eapkg";

    /// <summary>macOS leaves such a file beside each one that it copies to a FAT.</summary>
    private const string AppleDouble = "._";

    private readonly SafeFileHandle _folder;

    private StickFolder(SafeFileHandle folder) => _folder = folder;

    /// <returns>null where the stick has no such folder: it is not meant for the agent.</returns>
    /// <exception cref="IOException">The mount cannot be opened.</exception>
    public static StickFolder? TryOpen(string mount)
    {
        using var root = LinuxFile.OpenFolder(mount);
        try
        {
            return new StickFolder(LinuxFile.OpenFolder(root, Name));
        }
        catch (IOException) when (!IsFolder(root))
        {
            return null;
        }
    }

    /// <summary>The names that end like a package, in order; those that macOS makes are not among them.</summary>
    /// <param name="most">So many entries are looked at.</param>
    /// <exception cref="IOException">The stick cannot be read.</exception>
    public IReadOnlyList<string> Packages(int most) =>
    [
        .. Directory.EnumerateFileSystemEntries($"/proc/self/fd/{_folder.DangerousGetHandle()}")
            .Take(most)
            .Select(path => Path.GetFileName(path))
            .Where(name => name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && !name.StartsWith(AppleDouble, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Names, sizes and times of the packages, to see whether anything has changed.</summary>
    /// <exception cref="IOException">The stick cannot be read.</exception>
    public string Look(int most) => string.Join('\n', Packages(most).Select(name => $"{name} {LinuxFile.FactsOf(_folder, name)}"));

    /// <summary>Opens a package.</summary>
    /// <returns>No file where it is no regular one, and in any case what it is.</returns>
    /// <exception cref="IOException">It is gone, or the stick is.</exception>
    public (SafeFileHandle? File, FileKind Kind) Open(string name)
    {
        var kind = LinuxFile.FactsOf(_folder, name).Kind;
        if (kind != FileKind.RegularFile)
        {
            return (null, kind);
        }

        var file = LinuxFile.OpenFile(_folder, name);
        kind = LinuxFile.FactsOf(file).Kind;
        if (kind == FileKind.RegularFile)
        {
            return (file, kind);
        }

        file.Dispose();
        return (null, kind);
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsFolder(SafeFileHandle root)
    {
        try
        {
            return LinuxFile.FactsOf(root, Name).Kind == FileKind.Folder;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
