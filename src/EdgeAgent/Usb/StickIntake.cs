using System.Globalization;
using System.Text.RegularExpressions;
using EdgeAgent.Files;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Usb;

/// <summary>
/// Copies the packages of a mounted stick to where the agent looks for them:
/// <code>
///  edgeagent/*.eapkg ─▶ regular file? ─▶ judged before? ─▶ room on the disk? ─▶ copy, sync ─▶ its name
/// </code>
/// It opens no package and trusts none. Whatever goes wrong, and wherever the stick is pulled, nothing half copied is left.
/// </summary>
internal sealed partial class StickIntake(DropFolder incoming, JudgedPackages judged, IntakeLimits limits)
{
    /// <summary>As it is run on a device.</summary>
    public static StickIntake Into(string dataDirectory) => new(new DropFolder(dataDirectory), JudgedPackages.Read(dataDirectory), new IntakeLimits());

    /// <param name="mount">Where the stick is mounted.</param>
    /// <returns>A report per file that ends like a package; none if the stick is not meant for the agent.</returns>
    /// <exception cref="IOException">The stick or the incoming folder cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="OperationCanceledException">Stopped; nothing half copied is left.</exception>
    public IEnumerable<IntakeReport> Take(string mount, CancellationToken stop)
    {
        using var stick = StickFolder.TryOpen(mount);
        if (stick is null)
        {
            yield break;
        }

        incoming.Prepare();
        var names = stick.Packages(limits.Entries);
        foreach (var name in names.Take(limits.Packages))
        {
            var report = Take(stick, name, stop);
            yield return report;
            if (report.Verdict == IntakeVerdict.NotRead)
            {
                // The rest of a stick that was pulled would only say the same once more.
                yield break;
            }
        }

        foreach (var name in names.Skip(limits.Packages))
        {
            yield return new IntakeReport(name, IntakeVerdict.LeftOut, $"left out: more than {limits.Packages} packages on one stick");
        }
    }

    private IntakeReport Take(StickFolder stick, string name, CancellationToken stop)
    {
        try
        {
            var (opened, kind) = StickReadException.Guard(() => stick.Open(name));
            using var file = opened;
            return file is not null ? Take(file, name, stop)
                : new IntakeReport(name, IntakeVerdict.LeftOut, $"left out: {InWords(kind)}; allowed: a regular file");
        }
        catch (StickReadException e)
        {
            return new IntakeReport(name, IntakeVerdict.NotRead, $"not taken: it cannot be read from the stick, which was pulled or is broken: {e.Message}; nothing of it is kept");
        }
    }

    private IntakeReport Take(SafeFileHandle file, string name, CancellationToken stop)
    {
        var bytes = StickReadException.Guard(() => RandomAccess.GetLength(file));
        if (bytes == 0 || bytes > limits.PackageBytes)
        {
            return new IntakeReport(name, IntakeVerdict.LeftOut, Text($"left out: {bytes} bytes; allowed: 1..{limits.PackageBytes}"));
        }

        if (judged.Any && judged.Find(StickCopy.Hash(file, bytes, stop)) is { } before)
        {
            return new IntakeReport(name, IntakeVerdict.Known, $"no work: {before.Result} at {before.At:u}", Path.GetFileNameWithoutExtension(before.File), before.Sha256);
        }

        try
        {
            var free = incoming.FreeBytes();
            return free - bytes < limits.KeptFreeBytes
                ? new IntakeReport(name, IntakeVerdict.NotStored, Text($"not taken: needs {bytes} bytes, and {limits.KeptFreeBytes} stay free; free: {free}"))
                : Copy(file, name, bytes, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new IntakeReport(name, IntakeVerdict.NotStored, $"not taken: {e.Message}");
        }
    }

    private IntakeReport Copy(SafeFileHandle file, string name, long bytes, CancellationToken stop)
    {
        var stem = Path.GetFileNameWithoutExtension(name);
        stem = SafeStem().IsMatch(stem) ? stem : "package";
        using var part = incoming.NewPart(stem, bytes);
        try
        {
            var sha256 = StickCopy.Copy(file, bytes, part, stop);
            var (given, isNew) = incoming.Finish(part, stem, sha256);
            return isNew ? new IntakeReport(name, IntakeVerdict.Taken, Text($"taken, {bytes} bytes; the agent judges it"), given, sha256)
                : new IntakeReport(name, IntakeVerdict.Waiting, "no work: it waits for the agent's verdict already", given, sha256);
        }
        catch
        {
            File.Delete(part.Name);
            throw;
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string InWords(FileKind kind) => kind switch
    {
        FileKind.SymbolicLink => "a symbolic link",
        FileKind.Folder => "a folder",
        FileKind.NamedPipe => "a pipe",
        FileKind.Socket => "a socket",
        _ => "a device",
    };

    /// <summary>It becomes the name of files here; the letters of a package's own name, and no more than fit beside an ending.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$", RegexOptions.None, 1000)]
    private static partial Regex SafeStem();
}
