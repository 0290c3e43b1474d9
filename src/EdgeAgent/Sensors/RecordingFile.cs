using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Sensors;

/// <summary>Opens the file of a recording that may still be written to.</summary>
internal static class RecordingFile
{
    /// <param name="kind">What is allowed there, e.g. "a CSV file".</param>
    public static bool TryOpen(
        string path, string kind, [NotNullWhen(true)] out FileStream? file, [NotNullWhen(false)] out SensorProblem? problem)
    {
        file = null;
        problem = null;
        if (Directory.Exists(path))
        {
            problem = new SensorProblem(path, $"found a directory, allowed: {kind}");
            return false;
        }

        // A pipe and a device have no length either; reading one could wait, or go on, for ever.
        if (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            problem = new SensorProblem(path, $"found an empty file, allowed: {kind} with data");
            return false;
        }

        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = new SensorProblem(path, $"found no such file, allowed: {kind}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = new SensorProblem(path, $"cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }

        return false;
    }
}
