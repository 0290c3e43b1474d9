using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Storage;

/// <summary>
/// The versions of the machine's calibration in the data directory: <c>calibrations/NNNN.json</c>, each written once, and a
/// pointer to the one in use. The newest <see cref="Kept"/> are kept, and the active one always.
/// </summary>
internal sealed class CalibrationStore(string dataDirectory)
{
    public const int Kept = 50;
    private const int MostTries = 1000;

    private readonly string _folder = Path.Combine(dataDirectory, "calibrations");

    public CalibrationPointer Active { get; } = new(Path.Combine(dataDirectory, "calibrations"));

    public string PathOf(string id) => Path.Combine(_folder, id + ".json");

    public static bool IsId(string text) => text.Length is >= 4 and <= 9 && text.All(char.IsAsciiDigit);

    /// <summary>Ids of the files that are there, sound or not, the oldest first.</summary>
    public IReadOnlyList<string> Ids() => !Directory.Exists(_folder) ? [] :
        [.. Directory.GetFiles(_folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Where(IsId).OrderBy(Number)];

    /// <param name="why">Why there is none that can be used, in one line.</param>
    /// <returns>
    /// The active one if it belongs to this machine and exactly this model. If it belongs to another model, because models were
    /// swapped since, the one that was last in use with this one; null if there is none. One that is damaged has no substitute.
    /// </returns>
    public StoredCalibration? TryLoadActive(string machine, ModelIdentity model, AnomalyContract contract, out string? why)
    {
        if (Active.TryRead(out why) is not [var id, ..])
        {
            why = File.Exists(Active.FullPath) ? why
                : Ids().Count > 0 ? $"{why}; `edgeagent calibrations rollback ID` takes one of those that are there"
                : File.Exists(Path.Combine(dataDirectory, "calibration.json"))
                    ? $"{Path.Combine(dataDirectory, "calibration.json")} is of an earlier agent and is not used any more; calibrate anew"
                    : "no calibration was made yet";
            return null;
        }

        if (!TryRead(id, out var found, out why))
        {
            return null;
        }

        why = CalibrationCheck.Mismatch(found.Calibration, machine, model, contract) is { } mismatch ? $"{PathOf(id)} {mismatch}" : null;
        if (why is null || found.Calibration.Machine != machine || found.Calibration.Model == model)
        {
            return why is null ? found : null;
        }

        var earlier = TryFind(machine, model, contract);
        why = earlier is null ? why : null;
        return earlier;
    }

    /// <summary>The one that was last in use with exactly this model, whatever is in use now.</summary>
    public StoredCalibration? TryFind(string machine, ModelIdentity model, AnomalyContract contract) =>
        (Active.TryRead(out _) ?? []).Select(id => TryRead(id, out var found, out _) ? found : null)
            .FirstOrDefault(found => found is not null && CalibrationCheck.Mismatch(found.Calibration, machine, model, contract) is null);

    /// <summary>Reads one version, whatever machine it is for.</summary>
    public bool TryRead(string id, [NotNullWhen(true)] out StoredCalibration? found, [NotNullWhen(false)] out string? problem)
    {
        found = null;
        problem = IsId(id) ? null : $"found {id}, allowed: the number of a calibration, such as 0001";
        if (problem is not null)
        {
            return false;
        }

        var path = PathOf(id);
        try
        {
            if (!File.Exists(path))
            {
                problem = $"{path} does not exist";
                return false;
            }

            found = JsonSerializer.Deserialize(File.ReadAllBytes(path), CalibrationJson.Default.StoredCalibration);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            problem = $"{path} cannot be read: {e.Message.ReplaceLineEndings(" ")}";
            return false;
        }

        var damage = CalibrationCheck.Damage(found?.Calibration)
            ?? (found!.Id != id ? $"holds the calibration {found.Id}" : null)
            ?? (found.Origin is null || !HasLevels(found, found.Center) || !HasLevels(found, found.Sigma) ? "is incomplete" : null);
        problem = damage is null ? null : $"{path} {damage}";
        return damage is null;
    }

    /// <summary>Stores a new version and makes it the active one.</summary>
    /// <returns>It as it was stored, or null and why not.</returns>
    public StoredCalibration? TrySave(CalibrationDraft draft, out string? problem)
    {
        try
        {
            DurableFile.CreateFolder(_folder);
            var stored = Create(draft);
            Active.Push(stored.Id);
            Prune();
            problem = null;
            return stored;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"{_folder} cannot be written: {e.Message}";
            return null;
        }
    }

    private static bool HasLevels(StoredCalibration found, string? tensor) => tensor is not null && found.Calibration.Modes.All(
        mode => mode.Baseline.TryGetValue(tensor, out var values) && values.Length == found.Calibration.Channels.Count);

    private static int Number(string id) => int.Parse(id, CultureInfo.InvariantCulture);

    /// <summary>Under the next free number: another process may take one at the same time.</summary>
    private StoredCalibration Create(CalibrationDraft draft)
    {
        var next = Ids().Concat(Active.TryRead(out _) ?? []).Select(Number).DefaultIfEmpty(0).Max() + 1;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var id = (next + tries).ToString("D4", CultureInfo.InvariantCulture);
            var stored = new StoredCalibration(
                id, draft.Created, draft.Synced ? "synced" : "unsynced", draft.Origin, draft.BasedOn, draft.Accepted, AgentVersion.Text,
                draft.Center, draft.Sigma, draft.Calibration);
            if (DurableFile.TryCreate(PathOf(id), JsonSerializer.SerializeToUtf8Bytes(stored, CalibrationJson.Default.StoredCalibration)))
            {
                return stored;
            }
        }

        throw new IOException($"no free number after {next}");
    }

    private void Prune()
    {
        var active = Active.TryRead(out _)?[0];
        foreach (var id in Ids().SkipLast(Kept).Where(id => id != active))
        {
            File.Delete(PathOf(id));
        }
    }
}
