using System.Globalization;
using System.Security.Cryptography;
using EdgeAgent.Files;
using EdgeAgent.Storage;

namespace EdgeAgent.Usb;

/// <summary>
/// Where packages wait for the agent's verdict. A file has its name only when it is whole and on the disk:
/// <code>
///  models/incoming/.NAME.PID.part    being copied; held by a lock while somebody writes it
///  models/incoming/NAME.eapkg        the agent's turn; it judges and deletes it
///  models/outcomes/NAME.json         the verdict
/// </code>
/// </summary>
internal sealed class DropFolder(string dataDirectory)
{
    public const string Ending = ".eapkg";
    private const string PartEnding = ".part";
    private readonly string _folder = Path.Combine(dataDirectory, "models", "incoming");

    /// <summary>Makes the folder, and removes what somebody who was killed left half copied.</summary>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The data directory is not this user's.</exception>
    public void Prepare()
    {
        OwnedFolder.Make(dataDirectory, _folder);
        foreach (var part in Directory.EnumerateFiles(_folder, $".*{PartEnding}"))
        {
            RemoveIfAbandoned(part);
        }
    }

    public long FreeBytes() => new DriveInfo(_folder).AvailableFreeSpace;

    /// <summary>A new file whose room on the disk is taken already.</summary>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not this user's.</exception>
    public FileStream NewPart(string name, long bytes)
    {
        var path = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $".{name}.{Environment.ProcessId}{PartEnding}"));
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, PreallocationSize = bytes, BufferSize = 0 };
        return new FileStream(path, options);
    }

    /// <summary>Gives a part its name, and closes it.</summary>
    /// <returns>The name; the one asked for, unless another package waits under it. With false: this very package waits already.</returns>
    /// <exception cref="IOException">The disk is broken.</exception>
    public (string Name, bool IsNew) Finish(FileStream part, string name, string sha256)
    {
        DurableFile.Sync(part);
        LinuxFile.GiveTo(LinuxFile.FactsOf(dataDirectory), part.Name);

        // Before it has its name: the agent opens it at once, and must not meet our lock.
        part.Dispose();
        foreach (var candidate in (string[])[name, $"{name}-{sha256[..12]}"])
        {
            var path = Path.Combine(_folder, candidate + Ending);
            if (IsSame(path, sha256))
            {
                File.Delete(part.Name);
                return (candidate, false);
            }

            if (TryMove(part.Name, path))
            {
                DurableFile.SyncDirectory(_folder);
                return (candidate, true);
            }
        }

        throw new IOException($"{name}{Ending}: two others of this name wait already");
    }

    private static bool TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    private static bool IsSame(string path, string sha256)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream)) == sha256;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static void RemoveIfAbandoned(string part)
    {
        try
        {
            // The lock goes with its process, however that one ends.
            using var held = new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(part);
        }
        catch (IOException)
        {
            // Somebody is writing it.
        }
    }
}
