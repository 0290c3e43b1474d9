using System.Text.Json;

namespace EdgeAgent.Storage;

/// <summary>
/// <c>states.json</c> in the data directory: where the slow references stood, so that a restart does not take a machine that
/// drifted healthily for a faulty one. Losing it costs that, and nothing else.
/// </summary>
internal sealed class StatesFile(string dataDirectory)
{
    private const long LongestFile = 16L << 20;

    public string FullPath { get; } = Path.Combine(dataDirectory, "states.json");

    /// <param name="why">Why there are none, in one line; null if none were ever written.</param>
    public StoredStates? TryRead(out string? why)
    {
        why = null;
        if (!File.Exists(FullPath))
        {
            return null;
        }

        StoredStates? found = null;
        try
        {
            why = new FileInfo(FullPath).Length > LongestFile ? $"{FullPath} is larger than {LongestFile >> 20} MB" : null;
            found = why is null ? JsonSerializer.Deserialize(File.ReadAllBytes(FullPath), StoredStatesJson.Default.StoredStates) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            why = $"{FullPath} cannot be read: {e.Message.ReplaceLineEndings(" ")}";
        }

        why ??= found is null or { Calibration: null } or { Modes: null } ? $"{FullPath} holds no states"
            : found.Format != StoredStates.CurrentFormat ? $"{FullPath} has format {found.Format}; this agent reads {StoredStates.CurrentFormat}"
            : null;
        return why is null ? found : null;
    }

    /// <returns>null, or why the states could not be written.</returns>
    public string? TryWrite(StoredStates states)
    {
        if (states.Modes.SelectMany(mode => mode.Tensors).FirstOrDefault(tensor => !tensor.Value.All(float.IsFinite)) is { Key: { } name })
        {
            return $"{FullPath} is not written: a value of {name} is no number";
        }

        try
        {
            DurableFile.Replace(FullPath, JsonSerializer.SerializeToUtf8Bytes(states, StoredStatesJson.Default.StoredStates));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{FullPath} cannot be written: {e.Message}";
        }
    }
}
