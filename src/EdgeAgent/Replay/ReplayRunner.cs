using EdgeAgent.Calibrating;
using EdgeAgent.Commands;
using EdgeAgent.Configuration;
using EdgeAgent.Language;
using EdgeAgent.Packages;
using EdgeAgent.Pipeline;
using EdgeAgent.Sensors;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Replay;

/// <summary>Opens everything that a replay needs, runs it, and says in a few lines what it came to.</summary>
internal static class ReplayRunner
{
    public static async Task<int> RunAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        var config = await ConfigFromCommandLine.LoadAsync(request.Config, ConfigUse.Offline).ConfigureAwait(false);
        if (config is null)
        {
            return ExitCodes.BadInput;
        }

        if (Overwritten(request) is { } file)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{file}: named twice; the recording, the config and each output must be different files").ConfigureAwait(false);
        }

        using var logs = ConsoleLogging.ToStandardError(LogLevel.Warning);
        var options = config.Options;
        var time = TimeProvider.System;

        // A calibration of the device belongs to the package that is in use there.
        var folders = request.CalibrateRows is null ? ModelFolders.Choose(config, SharedOptions.DataDirectoryOf(config, request.DataDir)) : ModelFolders.OfConfig(config);
        if (!MachineWatchLoader.TryLoad(options, folders.Anomaly, out var loaded, out var problem))
        {
            return await SharedOptions.FailAsync(problem.ExitCode, problem.Text).ConfigureAwait(false);
        }

        await using var owned = loaded;
        if (request.CalibrateRows is null && UseStored(config, loaded, request.DataDir) is { } missing)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{missing}; calibrate first, or use --calibrate-rows").ConfigureAwait(false);
        }

        if (!Recordings.TryOpen(config, request.Input, request.Speed, time, logs, out var source, out var unreadable))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, unreadable.ToString()).ConfigureAwait(false);
        }

        using var recording = source;
        try
        {
            return await ReplayAsync(request, config, folders, loaded, source, logs, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, e.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, "stopped before the end of the recording").ConfigureAwait(false);
        }
    }

    private static async Task<int> ReplayAsync(
        ReplayRequest request, DeviceConfig config, ModelFolders folders, LoadedWatch loaded, IRecording source, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var worker = LanguageWorkers.Start(config, folders.Language, time, logs);
        using var scores = request.Scores is { } scorePath ? new ScoreFile(new StreamWriter(scorePath)) : null;
        using var decisions = request.Decisions is { } decisionPath ? new DecisionFile(File.Create(decisionPath)) : null;
        var plot = request.Plot is null ? null : new ReplayPlot(loaded.Settings.Channels, Path.GetFileName(request.Input));
        var session = new ReplaySession(config, loaded, worker.AskAsync, scores, decisions, plot, time);
        if (await session.RunAsync(source, request.CalibrateRows, cancellationToken).ConfigureAwait(false) is { } problem)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"{request.Input}: cannot calibrate: {problem}").ConfigureAwait(false);
        }

        if (plot is not null)
        {
            await File.WriteAllTextAsync(request.Plot!, plot.ToHtml(), cancellationToken).ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync(Summary(session.Tally, source.Tally)).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    /// <returns>A file that would be overwritten by an output, or null.</returns>
    private static string? Overwritten(ReplayRequest request) =>
        new[] { request.Config, request.Input, request.Scores, request.Decisions, request.Plot }
            .OfType<string>()
            .GroupBy(Path.GetFullPath)
            .FirstOrDefault(same => same.Count() > 1)?.First();

    private static string? UseStored(DeviceConfig config, LoadedWatch loaded, string? dataDirectory)
    {
        var store = new CalibrationStore(SharedOptions.DataDirectoryOf(config, dataDirectory));
        if (store.TryLoadActive(loaded.Watch.Machine, loaded.Watch.Model, loaded.Watch.Contract, out var why) is { } stored)
        {
            loaded.Watch.Use(stored.Calibration);
        }

        return why;
    }

    private static string Summary(ReplayTally tally, RecordingTally met)
    {
        var template = tally.TemplateReason is { } why ? $" ({why})" : "";
        var calibration = string.Concat((tally.Calibration?.Modes ?? []).Select(mode => AdequacyText.Line(mode) + Environment.NewLine));
        return calibration + $"""
            rows            {tally.Rows} ({met.BrokenRows} broken, {met.MissingCells} cells without a number, {met.ClockJumps} clock jumps)
            windows scored  {tally.Windows}
            machine alarms  {tally.MachineAlarms}
            sensor alarms   {tally.SensorAlarms}
            drifts          {tally.Drifts}
            explanations    {tally.ByModel} by the model, {tally.ByTemplate} by the template{template}
            """;
    }
}
