using System.Text.RegularExpressions;
using EdgeAgent.Files;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Packages;

/// <summary>
/// <c>models/incoming/</c>, where a running agent is handed packages. Whoever writes there writes <c>.NAME.part</c>, syncs it and
/// renames it to <c>NAME.eapkg</c>; so what has that name is complete. Whatever else lies there is left alone and told once.
/// </summary>
internal sealed partial class IncomingFolder(string dataDirectory, ILogger<IncomingFolder> log)
{
    public const string Ending = ".eapkg";
    private const string Unfinished = ".part";

    private readonly HashSet<string> _told = [];

    public string FullPath { get; } = PathIn(dataDirectory);

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "models", "incoming");

    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    public void Create()
    {
        DurableFile.CreateFolder(Path.GetDirectoryName(FullPath)!);
        DurableFile.CreateFolder(FullPath);
    }

    /// <summary>Full paths of the complete files, by name.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Complete()
    {
        var paths = Directory.GetFileSystemEntries(FullPath);
        Array.Sort(paths, StringComparer.Ordinal);
        return [.. paths.Where(IsPackage)];
    }

    private bool IsPackage(string path)
    {
        var name = Path.GetFileName(path);
        if (name.StartsWith('.') && name.EndsWith(Unfinished, StringComparison.Ordinal))
        {
            return false;
        }

        var fault = !Name().IsMatch(name) ? $"its name is none that a package may have (letters, digits, ., _ and -, ending in {Ending})"
            : !LinuxFile.IsRegular(path) ? "it is no regular file"
            : null;
        if (fault is not null && _told.Add(name))
        {
            IncomingLog.LeftAlone(log, name, fault);
        }

        return fault is null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,95}\.eapkg\z")]
    private static partial Regex Name();
}

internal static partial class IncomingLog
{
    [LoggerMessage(170, LogLevel.Warning, "{File} in the folder of incoming packages is left alone: {Why}")]
    public static partial void LeftAlone(ILogger log, string file, string why);
}
