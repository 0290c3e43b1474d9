using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeAgent.Commands;
using EdgeAgent.Core.Detection;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;

namespace EdgeAgent.Calibrating;

/// <summary>What the `calibrations` command does with the versions in one data directory.</summary>
/// <param name="json">One JSON document on stdout instead of lines.</param>
internal sealed class CalibrationVersions(string dataDirectory, bool json, TextWriter output)
{
    private const string Next = "a running agent takes it on SIGHUP (systemctl reload)";

    private readonly CalibrationStore _store = new(dataDirectory);

    public async Task<int> ListAsync()
    {
        var active = _store.Active.TryRead(out var problem)?[0];
        IReadOnlyList<CalibrationLine> lines = [.. _store.Ids().Select(id => CalibrationLine.Of(_store, id, id == active))];
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(lines, CalibrationsJson.Default.IReadOnlyListCalibrationLine)).ConfigureAwait(false);
            return ExitCodes.Done;
        }

        foreach (var line in lines)
        {
            await output.WriteLineAsync(line.ToString()).ConfigureAwait(false);
        }

        var missing = active is not null && lines.All(line => !line.Active) ? $"the active one, {active}, is not there" : active is null ? problem : null;
        await output.WriteLineAsync(missing ?? (lines.Count == 0 ? "none" : "* = active; ? = made while the clock was not known to be right")).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    public async Task<int> ShowAsync(string id)
    {
        if (!_store.TryRead(id, out var found, out var problem))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, problem).ConfigureAwait(false);
        }

        await output.WriteLineAsync(json ? JsonSerializer.Serialize(found, CalibrationJson.Default.StoredCalibration) : Text(found)).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    public async Task<int> CompareAsync(string a, string b)
    {
        if (!_store.TryRead(a, out var one, out var problem) || !_store.TryRead(b, out var other, out problem)
            || CalibrationComparison.TryMake(one, other, out problem) is not { } comparison)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, problem!).ConfigureAwait(false);
        }

        await output.WriteLineAsync(json ? JsonSerializer.Serialize(comparison, CalibrationsJson.Default.CalibrationComparison) : comparison.ToString()).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    /// <param name="id">null = the one that was active before.</param>
    /// <param name="loaded">What the config asks for; null if none was named.</param>
    public async Task<int> RollbackAsync(string? id, LoadedWatch? loaded)
    {
        var ids = _store.Active.TryRead(out var problem);
        var target = id ?? ids?.ElementAtOrDefault(1);
        if (target is null)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, ids is null ? problem! : $"no calibration was active before {ids[0]}").ConfigureAwait(false);
        }

        if (!_store.TryRead(target, out var found, out problem))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, problem).ConfigureAwait(false);
        }

        if (loaded is not null && CalibrationCheck.Mismatch(found.Calibration, loaded.Watch.Machine, loaded.Watch.Model, loaded.Watch.Contract) is { } mismatch)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{_store.PathOf(target)} {mismatch}").ConfigureAwait(false);
        }

        try
        {
            if (id is null)
            {
                _store.Active.Pop();
            }
            else
            {
                _store.Active.Push(target);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"{_store.Active.FullPath} cannot be written: {e.Message}").ConfigureAwait(false);
        }

        return await ToldAsync(target, ids?[0]).ConfigureAwait(false);
    }

    /// <param name="channels">The channels whose level is accepted; all if empty.</param>
    /// <param name="created">Now.</param>
    /// <param name="synced">Whether <paramref name="created"/> can be believed.</param>
    public async Task<int> AcceptAsync(IReadOnlyList<string> channels, DateTimeOffset created, bool synced)
    {
        var file = new StatesFile(dataDirectory);
        if (_store.Active.TryRead(out var problem) is not [var id, ..] || !_store.TryRead(id, out var active, out problem))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, problem!).ConfigureAwait(false);
        }

        if (file.TryRead(out problem) is not { } states)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, problem ?? $"{file.FullPath} does not exist: the agent has not run yet").ConfigureAwait(false);
        }

        if (LevelAcceptance.TryMake(active, states, channels, created, synced, out problem) is not { } draft)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, problem!).ConfigureAwait(false);
        }

        if (_store.TrySave(draft, out problem) is not { } stored)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, problem!).ConfigureAwait(false);
        }

        if (!json)
        {
            await output.WriteLineAsync(CalibrationComparison.TryMake(active, stored, out _)!.ToString()).ConfigureAwait(false);
        }

        return await ToldAsync(stored.Id, id).ConfigureAwait(false);
    }

    private async Task<int> ToldAsync(string active, string? before)
    {
        await output.WriteLineAsync(json
            ? JsonSerializer.Serialize(new ActiveChange(active, before), CalibrationsJson.Default.ActiveChange)
            : $"active          {active}, before {before ?? "none"}; {Next}").ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static string Text(StoredCalibration found)
    {
        var made = found.Calibration;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"calibration     {found.Id}, {found.Origin}, made {found.Created:yyyy-MM-dd HH:mm:ss} ({found.Clock}) by agent {found.Agent}");
        text.Append(found.Accepted is null ? "" : $"accepted        {string.Join(", ", found.Accepted)}, based on {found.BasedOn ?? "a calibration that was not stored"}{Environment.NewLine}");
        text.AppendLine(CultureInfo.InvariantCulture, $"for             {made.Machine}, {made.Model.Name} {made.Model.Version} ({made.Model.Sha256})");
        text.AppendLine(CultureInfo.InvariantCulture, $"on              {made.TotalWindows} windows, {made.From:yyyy-MM-dd HH:mm:ss} to {made.To:yyyy-MM-dd HH:mm:ss}");
        foreach (var mode in made.Modes)
        {
            text.Append(mode.Mode is null ? "" : $"mode            {mode.Mode}, {mode.Windows} windows{Environment.NewLine}");
            text.AppendLine(CultureInfo.InvariantCulture, $"threshold       {mode.Threshold.Threshold:0.###} for {made.FalseAlarmRate:0.#####} false windows, worth {mode.Threshold.EffectiveSamples:0} independent ones");
            text.AppendLine(AdequacyText.Line(mode));
            foreach (var (channel, slot) in made.Channels.Select((channel, slot) => (channel, slot)).Where(item => item.channel is not null))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{channel,-20}  level {mode.Baseline[found.Center][slot]:G5}   sigma {mode.Baseline[found.Sigma][slot]:G3}");
            }
        }

        return text.ToString().TrimEnd();
    }
}
