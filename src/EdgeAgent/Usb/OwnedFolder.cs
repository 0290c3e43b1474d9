using EdgeAgent.Files;
using EdgeAgent.Storage;

namespace EdgeAgent.Usb;

/// <summary>Folders of the data directory that root may be the first to make: they belong to whom the data directory belongs to.</summary>
internal static class OwnedFolder
{
    /// <summary>Makes a folder in <c>models</c>, and that one, where they are missing.</summary>
    /// <returns>The data directory, whose owner is theirs.</returns>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The data directory is not this user's.</exception>
    public static FileFacts Make(string dataDirectory, string folder)
    {
        var owner = LinuxFile.FactsOf(dataDirectory);
        foreach (var missing in new[] { Path.GetDirectoryName(folder)!, folder }.Where(path => !Directory.Exists(path)))
        {
            DurableFile.CreateFolder(missing);
            LinuxFile.GiveTo(owner, missing);
        }

        return owner;
    }
}
