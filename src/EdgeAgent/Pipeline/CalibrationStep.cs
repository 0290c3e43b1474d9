using System.Globalization;
using EdgeAgent.Calibrating;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// What happens before the first score: an earlier calibration is taken; without one the agent says that it runs
/// uncalibrated, and calibrates itself only if the config allows that.
/// </summary>
/// <param name="windows">Normal windows to calibrate on.</param>
internal sealed class CalibrationStep(
    CalibrationStore store, bool auto, int windows, DecisionMaker decisions, ILogger<CalibrationStep> log)
{
    /// <returns>A notice to store, or null when an earlier calibration fits.</returns>
    public Decision? Begin(MachineWatch watch, Moment now)
    {
        if (store.TryLoadActive(watch.Machine, watch.Model, watch.Contract, out var why) is { } found)
        {
            watch.Use(found.Calibration);
            PipelineLog.CalibrationTaken(log, found.Id, found.Origin, found.Created);
            Tell(found.Calibration);
            return null;
        }

        PipelineLog.Uncalibrated(log, why!);
        if (auto)
        {
            StartOver(watch);
        }

        var next = auto ? string.Create(CultureInfo.InvariantCulture, $"calibrating on {windows} windows") : "run `edgeagent calibrate`";
        return decisions.Notice("uncalibrated", Severity.Warning, new Dictionary<string, string> { ["why"] = why!, ["next"] = next }, now);
    }

    /// <returns>A notice to store when a calibration ended with this frame.</returns>
    public Decision? Continue(MachineWatch watch, Moment now)
    {
        if (watch.CalibrationProgress is not { } progress || (progress.Collected < Math.Max(windows, progress.Needed) && !progress.Full))
        {
            return null;
        }

        if (watch.FinishCalibration(out var problem) is not { } made)
        {
            PipelineLog.CalibrationFailed(log, problem!);
            StartOver(watch);
            return decisions.Notice("calibration-failed", Severity.Warning, new Dictionary<string, string> { ["why"] = problem! }, now);
        }

        Tell(made);
        var data = new Dictionary<string, string>();
        foreach (var mode in made.Modes)
        {
            var prefix = mode.Mode is null ? "" : mode.Mode + ".";
            data[prefix + "windows"] = mode.Windows.ToString(CultureInfo.InvariantCulture);
            data[prefix + "threshold"] = mode.Threshold.Threshold.ToString("R", CultureInfo.InvariantCulture);
            data[prefix + "effectiveSamples"] = mode.Threshold.EffectiveSamples.ToString("F1", CultureInfo.InvariantCulture);
            data[prefix + "extrapolated"] = mode.Threshold.Extrapolated ? "true" : "false";
            if (mode.Adequacy is { } adequacy)
            {
                data[prefix + "adequacy"] = adequacy.Verdict;
                data[prefix + "adequacyReason"] = AdequacyText.Of(adequacy);
            }
        }

        var draft = CalibrationDraft.Of(made, watch.Contract, CalibrationOrigin.Auto, now.At, now.Synced);
        if (store.TrySave(draft, out var trouble) is { } stored)
        {
            data["calibration"] = stored.Id;
        }
        else
        {
            // The calibration is in use; without the file it is made anew at the next start.
            PipelineLog.CalibrationFailed(log, trouble!);
            data["notSaved"] = trouble!;
        }

        return decisions.Notice("calibrated", Severity.Info, data, now);
    }

    private void Tell(Calibration calibration)
    {
        foreach (var mode in calibration.Modes)
        {
            PipelineLog.Calibrated(log, mode.Windows, mode.Threshold.Threshold, mode.Threshold.Extrapolated);
            if (mode.Adequacy is { IsLongEnough: false } adequacy)
            {
                PipelineLog.CalibrationTooShort(log, AdequacyText.Of(adequacy));
            }
        }
    }

    private void StartOver(MachineWatch watch)
    {
        watch.BeginCalibration();
        PipelineLog.Calibrating(log, Math.Max(windows, watch.CalibrationProgress!.Value.Needed));
    }
}
