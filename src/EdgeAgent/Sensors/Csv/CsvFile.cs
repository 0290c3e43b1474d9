using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Sensors.Csv;

/// <summary>Opens the text of a CSV file that may still be written to.</summary>
internal static class CsvFile
{
    public static bool TryOpen(
        string path, [NotNullWhen(true)] out StreamReader? text, [NotNullWhen(false)] out SensorProblem? problem)
    {
        text = null;
        problem = null;
        if (Directory.Exists(path))
        {
            problem = new SensorProblem(path, "found a directory, allowed: a CSV file");
            return false;
        }

        // A pipe and a device have no length either; reading one could wait, or go on, for ever.
        if (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            problem = new SensorProblem(path, "found an empty file, allowed: a header and data rows");
            return false;
        }

        try
        {
            text = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = new SensorProblem(path, "found no such file, allowed: a CSV file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = new SensorProblem(path, $"cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }

        return false;
    }
}
