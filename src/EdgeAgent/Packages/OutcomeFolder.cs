using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using EdgeAgent.Storage;

namespace EdgeAgent.Packages;

/// <summary><c>models/outcomes/</c>: one small file per package that was handed over, replaced as a whole, the newest 64.</summary>
internal sealed class OutcomeFolder(string dataDirectory)
{
    public const int Kept = 64;

    public string FullPath { get; } = Path.Combine(dataDirectory, "models", "outcomes");

    /// <param name="file">As it was handed over, with its ending.</param>
    public string PathOf(string file) => Path.Combine(FullPath, Path.GetFileNameWithoutExtension(file) + ".json");

    /// <exception cref="IOException">The disk is full, read-only or broken.</exception>
    public void Write(PackageOutcome outcome)
    {
        DurableFile.CreateFolder(Path.GetDirectoryName(FullPath)!);
        DurableFile.CreateFolder(FullPath);
        DurableFile.Replace(PathOf(outcome.File), JsonSerializer.SerializeToUtf8Bytes(outcome, PackageOutcomeJson.Default.PackageOutcome));
        foreach (var old in Files().Skip(Kept))
        {
            old.Delete();
        }
    }

    /// <summary>Does not throw for a file that is not there, or not whole.</summary>
    public bool TryRead(string file, [NotNullWhen(true)] out PackageOutcome? outcome) => TryReadPath(PathOf(file), out outcome);

    /// <summary>The newest file under which this package was handed over.</summary>
    public bool TryFind(string name, string version, long sequence, [NotNullWhen(true)] out PackageOutcome? outcome)
    {
        outcome = Files().Select(file => TryReadPath(file.FullName, out var found) ? found : null)
            .FirstOrDefault(found => found is { IsRefusal: false } && (found.Name, found.Version, found.Sequence) == (name, version, sequence));
        return outcome is not null;
    }

    /// <summary>The newest first.</summary>
    private IEnumerable<FileInfo> Files() => !Directory.Exists(FullPath) ? [] : new DirectoryInfo(FullPath).GetFiles("*.json").OrderByDescending(file => file.LastWriteTimeUtc);

    private static bool TryReadPath(string path, [NotNullWhen(true)] out PackageOutcome? outcome)
    {
        outcome = null;
        try
        {
            outcome = File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), PackageOutcomeJson.Default.PackageOutcome) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // Written by somebody else, or on a broken disk: as good as not there.
        }

        return outcome is not null;
    }
}
