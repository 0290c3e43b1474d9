using EdgeAgent.Storage;

namespace EdgeAgent.Packages;

/// <summary>
/// The agent's own copy of a package file, and the folder that it is unpacked into. Nothing outside it is written, and what
/// stands in it is worth nothing until it has become a slot.
/// </summary>
internal sealed class StagedPackage(string folder) : IDisposable
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Bytes that stay free for the agent's own data, whatever is tried.</summary>
    private const long Reserve = 64L << 20;

    private FileStream? _copy;

    /// <summary>Where the files are unpacked.</summary>
    public string Unpacked { get; } = Path.Combine(folder, "content");

    /// <summary>Copies the file and reads only the copy from then on: the original may change or be pulled meanwhile.</summary>
    /// <exception cref="IOException">It cannot be read to its end, or the disk does not take it.</exception>
    /// <exception cref="InvalidDataException">It is too large, or the disk has no room for the copy and for what will be unpacked from it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public Stream Copy(string file, long most)
    {
        using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        var length = from.Length;
        CheckRoom(2 * length);
        _copy = new FileStream(
            Path.Combine(folder, "package.eapkg"),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, PreallocationSize = Math.Min(length, most), BufferSize = BufferBytes });
        var buffer = new byte[BufferBytes];
        long copied = 0;
        for (int read; (read = from.Read(buffer)) > 0; copied += read)
        {
            if (copied + read > most)
            {
                throw new InvalidDataException($"more than {most} bytes");
            }

            _copy.Write(buffer, 0, read);
        }

        _copy.SetLength(copied);
        _copy.Position = 0;
        return _copy;
    }

    /// <summary>Before the first byte is written: a disk that fills up half-way costs wear and helps nobody.</summary>
    private void CheckRoom(long bytes)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (bytes + Reserve > free)
        {
            throw new InvalidDataException($"needs {(bytes + Reserve) >> 20} MB on the disk of this device to be tried; {free >> 20} MB are free");
        }
    }

    /// <summary>A new file of the package. Its bytes are on the disk when it is disposed.</summary>
    /// <param name="name">Safe to join, as the archive's directory was found to be.</param>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    public Stream Create(string name, long bytes)
    {
        var path = Path.Combine(Unpacked, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new SyncedFile(path, bytes);
    }

    public void Dispose() => _copy?.Dispose();

    private sealed class SyncedFile(string path, long bytes) : FileStream(
        path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = bytes })
    {
        protected override void Dispose(bool disposing)
        {
            try
            {
                if (disposing)
                {
                    DurableFile.Sync(this);
                }
            }
            finally
            {
                base.Dispose(disposing);
            }
        }
    }
}
