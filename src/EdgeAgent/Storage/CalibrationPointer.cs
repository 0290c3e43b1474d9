using System.Text;

namespace EdgeAgent.Storage;

/// <summary>
/// Which calibration is in use: <c>calibrations/active</c>, a text file with its id in the first line and the ids that were in
/// use before it below, the latest first.
/// </summary>
internal sealed class CalibrationPointer(string folder)
{
    private const int Remembered = 50;
    private const int LongestFile = 4096;

    public string FullPath { get; } = Path.Combine(folder, "active");

    /// <param name="problem">Why there is none, in one line.</param>
    /// <returns>The active id and those before it; null if nothing is active.</returns>
    public IReadOnlyList<string>? TryRead(out string? problem)
    {
        problem = null;
        try
        {
            if (!File.Exists(FullPath))
            {
                problem = $"{FullPath} does not exist: no calibration is in use";
                return null;
            }

            var text = new FileInfo(FullPath).Length <= LongestFile ? File.ReadAllText(FullPath) : "";
            var ids = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (ids.Length > 0 && ids.All(CalibrationStore.IsId))
            {
                return ids;
            }

            problem = $"{FullPath} is damaged: its first line must be the id of a calibration";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"{FullPath} cannot be read: {e.Message}";
        }

        return null;
    }

    /// <summary>Puts an id on top.</summary>
    /// <exception cref="IOException">The disk is full, read-only or broken; the old pointer stays.</exception>
    public void Push(string id) => Write([id, .. (TryRead(out _) ?? []).Where(earlier => earlier != id)]);

    /// <summary>Takes the top one away, so that the one below is in use again.</summary>
    /// <exception cref="IOException">The disk is full, read-only or broken; the old pointer stays.</exception>
    public void Pop() => Write([.. TryRead(out _)!.Skip(1)]);

    private void Write(IReadOnlyList<string> ids) =>
        DurableFile.Replace(FullPath, Encoding.ASCII.GetBytes(string.Join('\n', ids.Take(Remembered)) + "\n"));
}
