using System.Diagnostics;

namespace EdgeAgent.Tests.Pipeline;

/// <summary>A real file system of a few MB, mounted for one test. Needs root and the right to mount.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>null where it can be mounted, else why not: the reason that a test is skipped for.</summary>
    public static string? WhyNot { get; } = Probe();

    public static SmallDisk Mount(int megabytes = 2)
    {
        var path = Directory.CreateTempSubdirectory("edgeagent-disk-").FullName;
        return TryRun("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "edgeagent-test", path)
            ? new SmallDisk(path)
            : throw new InvalidOperationException($"cannot mount a tmpfs on {path}");
    }

    /// <summary>Takes the room that is left.</summary>
    /// <param name="butFor">Bytes that stay free.</param>
    public void Fill(int butFor = 0)
    {
        using var filler = new FileStream(System.IO.Path.Combine(Path, "filler"), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[512];
        try
        {
            while (true)
            {
                filler.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }

        filler.SetLength(Math.Max(0, filler.Length - butFor));
    }

    public void Empty() => File.Delete(System.IO.Path.Combine(Path, "filler"));

    public void Remount(string mode) => Assert.True(TryRun("mount", "-o", $"remount,{mode}", Path), $"cannot remount {Path} {mode}");

    public void Dispose()
    {
        TryRun("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static string? Probe()
    {
        try
        {
            Mount().Dispose();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "a small file system cannot be mounted here, which needs root: " + e.Message;
        }
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.WhyNot;
}
