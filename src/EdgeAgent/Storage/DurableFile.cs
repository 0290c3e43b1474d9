using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeAgent.Storage;

/// <summary>Writes a file so that after a power cut it is either the old one or the new one, never half of one.</summary>
internal static partial class DurableFile
{
    /// <summary>Of a file that is not finished, and never will be when its process is gone.</summary>
    public const string TemporaryEnding = ".new";

    private const int ReadOnly = 0; // O_RDONLY, the same on every architecture

    /// <summary>Temp file beside it, fsync, rename, fsync of the directory.</summary>
    /// <exception cref="IOException">The disk is full, read-only or broken; the old file is untouched.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        File.Move(Write(path, content), path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>The same for a file that is too large to be made in memory.</summary>
    /// <param name="write">False: it is given up, and the old file stays.</param>
    /// <exception cref="IOException">The disk is full, read-only or broken; the old file is untouched.</exception>
    public static bool TryReplace(string path, Func<Stream, bool> write)
    {
        var temporary = TemporaryOf(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                if (!write(stream))
                {
                    return false;
                }

                Sync(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return true;
    }

    /// <summary>The same for a file that must not be there yet.</summary>
    /// <returns>False if it is, whoever wrote it; it stays as it is.</returns>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var temporary = Write(path, content);
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return false;
        }

        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return true;
    }

    /// <summary>Makes a folder that is still there after a power cut.</summary>
    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    public static void CreateFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    /// <summary>A name of this process's own: a command may write beside a running agent.</summary>
    private static string TemporaryOf(string path) => string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}{TemporaryEnding}");

    private static string Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = TemporaryOf(path);
        try
        {
            using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            stream.Write(content);
            Sync(stream);
            return temporary;
        }
        catch (IOException)
        {
            // On a full disk half a file only takes room; the next try writes it anew.
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Not <c>Flush(flushToDisk: true)</c>: that one says nothing when the fsync fails.</summary>
    /// <exception cref="IOException">The disk is full or broken: what was written may never be there.</exception>
    public static void Sync(FileStream stream)
    {
        stream.Flush();
        if (Fsync((int)stream.SafeFileHandle.DangerousGetHandle()) != 0)
        {
            throw new IOException($"{stream.Name}: fsync failed (errno {Marshal.GetLastPInvokeError()})");
        }
    }

    /// <exception cref="IOException">The disk is broken.</exception>
    public static void SyncDirectory(string directory)
    {
        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"{directory}: cannot be opened to sync it (errno {Marshal.GetLastPInvokeError()})");
        }

        try
        {
            if (Fsync(descriptor) != 0)
            {
                throw new IOException($"{directory}: fsync failed (errno {Marshal.GetLastPInvokeError()})");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
