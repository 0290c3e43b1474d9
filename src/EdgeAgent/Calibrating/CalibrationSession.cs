using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using EdgeAgent.Commands;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Detection;
using EdgeAgent.Packages;
using EdgeAgent.Pipeline;
using EdgeAgent.Replay;
using EdgeAgent.Sensors;
using EdgeAgent.Storage;
using EdgeAgent.Systemd;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Calibrating;

/// <summary>Watches a healthy machine, or reads a recording of one, and writes the calibration that `run` will use.</summary>
internal static class CalibrationSession
{
    public static async Task<int> RunAsync(
        string configPath, TimeSpan? duration, string? recording, long? rows, string? dataDirectory, CancellationToken cancellationToken)
    {
        if (await ConfigFromCommandLine.LoadAsync(configPath, recording is null ? ConfigUse.Run : ConfigUse.Offline).ConfigureAwait(false) is not { } config)
        {
            return ExitCodes.BadInput;
        }

        using var logs = ConsoleLogging.ToStandardError(LogLevel.Warning);
        var options = config.Options;
        if (!MachineWatchLoader.TryLoad(options, ModelFolders.AnomalyOf(config, SharedOptions.DataDirectoryOf(config, dataDirectory)), out var loaded, out var problem))
        {
            return await SharedOptions.FailAsync(problem.ExitCode, problem.Text).ConfigureAwait(false);
        }

        await using var owned = loaded;
        if (!TryOpen(config, recording, logs, out var source, out var unreadable))
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, unreadable.ToString()).ConfigureAwait(false);
        }

        using var readings = source;
        var limit = recording is not null ? TimeSpan.MaxValue : duration ?? TimeSpan.FromSeconds(options.Calibration.DurationSeconds);
        try
        {
            await CollectAsync(loaded, readings, limit, rows ?? long.MaxValue, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, "stopped before the calibration was complete; nothing was changed").ConfigureAwait(false);
        }

        return await FinishAsync(loaded, new CalibrationStore(SharedOptions.DataDirectoryOf(config, dataDirectory))).ConfigureAwait(false);
    }

    private static bool TryOpen(
        DeviceConfig config,
        string? recording,
        ILoggerFactory logs,
        [NotNullWhen(true)] out ISensorSource? source,
        [NotNullWhen(false)] out SensorProblem? problem)
    {
        if (recording is null)
        {
            return SensorSources.TryOpen(Healthy(config), TimeProvider.System, logs, out source, out problem);
        }

        var opened = Recordings.TryOpen(config, recording, speed: 0, TimeProvider.System, logs, out var found, out problem);
        source = found;
        return opened;
    }

    /// <summary>A simulated machine is calibrated without the faults of its schedule: they must not become its normal.</summary>
    private static DeviceConfig Healthy(DeviceConfig config) => config.Options.Source is SimulationOptions simulated
        ? config with { Options = config.Options with { Source = simulated with { Faults = [], SensorFaults = [] } } }
        : config;

    private static async Task CollectAsync(LoadedWatch loaded, ISensorSource source, TimeSpan limit, long rows, CancellationToken cancellationToken)
    {
        loaded.Watch.BeginCalibration();
        await foreach (var frame in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            loaded.Watch.Observe(frame);
            if (frame.Monotonic >= limit || --rows == 0)
            {
                break;
            }
        }
    }

    private static async Task<int> FinishAsync(LoadedWatch loaded, CalibrationStore store)
    {
        if (loaded.Watch.FinishCalibration(out var problem) is not { } made)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, $"cannot calibrate: {problem}").ConfigureAwait(false);
        }

        var draft = CalibrationDraft.Of(
            made, loaded.Watch.Contract, CalibrationOrigin.Calibrate, TimeProvider.System.GetUtcNow(), ClockSync.IsSynchronized());
        if (store.TrySave(draft, out var trouble) is not { } stored)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, trouble!).ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync(Summary(made, $"{store.PathOf(stored.Id)}; it is the active one now")).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static string Summary(Calibration made, string path)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"calibrated      {made.Machine} for {made.Model.Name} {made.Model.Version}");
        text.AppendLine(CultureInfo.InvariantCulture, $"on              {made.TotalWindows} windows, {made.From:yyyy-MM-dd HH:mm:ss} to {made.To:yyyy-MM-dd HH:mm:ss}");
        text.AppendLine(CultureInfo.InvariantCulture, $"channels        {string.Join(", ", made.Channels.OfType<string>())}");
        foreach (var mode in made.Modes)
        {
            var threshold = mode.Threshold;
            text.Append(mode.Mode is null ? "" : $"mode            {mode.Mode}, {mode.Windows} windows{Environment.NewLine}");
            text.AppendLine(CultureInfo.InvariantCulture, $"threshold       {threshold.Threshold:0.###} for {made.FalseAlarmRate:0.#####} false windows");
            text.AppendLine(CultureInfo.InvariantCulture, $"worth           {threshold.EffectiveSamples:0} independent windows{(threshold.Extrapolated ? ", fewer than this rate asks for: extrapolated" : "")}");
            text.AppendLine(AdequacyText.Line(mode));
        }

        return text.Append(CultureInfo.InvariantCulture, $"written to      {path}").ToString();
    }
}
