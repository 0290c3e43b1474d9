using System.Text.Json;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Storage;

/// <summary>The machine's calibration as a file in the data directory.</summary>
internal sealed class CalibrationFile(string dataDirectory, string machine)
{
    public string FullPath { get; } = Path.Combine(dataDirectory, "calibration.json");

    /// <param name="why">Why there is none that can be used, in one line.</param>
    /// <returns>null unless the file belongs to this machine and exactly this model.</returns>
    public Calibration? TryLoad(ModelIdentity model, out string? why)
    {
        why = null;
        if (!File.Exists(FullPath))
        {
            why = "no calibration was made yet";
            return null;
        }

        Calibration? found;
        try
        {
            found = JsonSerializer.Deserialize(File.ReadAllBytes(FullPath), CalibrationJson.Default.Calibration);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            why = $"{FullPath} cannot be read: {e.Message.ReplaceLineEndings(" ")}";
            return null;
        }

        why = found switch
        {
            null or { Modes: null or { Count: 0 } } or { Model: null } => $"{FullPath} holds no calibration",
            { Format: not Calibration.CurrentFormat } => $"{FullPath} has format {found.Format}; this agent reads {Calibration.CurrentFormat}",
            _ when found.Machine != machine => $"{FullPath} was made for machine {found.Machine}",
            _ when found.Model != model => $"{FullPath} was made for {found.Model.Name} {found.Model.Version}, and {model.Name} {model.Version} is in use",
            _ => null,
        };
        return why is null ? found : null;
    }

    /// <returns>null, or why the file could not be written.</returns>
    public string? TrySave(Calibration calibration)
    {
        try
        {
            Directory.CreateDirectory(dataDirectory);
            DurableFile.Replace(FullPath, JsonSerializer.SerializeToUtf8Bytes(calibration, CalibrationJson.Default.Calibration));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{FullPath} cannot be written: {e.Message}";
        }
    }
}
