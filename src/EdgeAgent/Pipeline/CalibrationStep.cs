using System.Globalization;
using EdgeAgent.Calibrating;
using EdgeAgent.Commanding;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// What happens before the first score: an earlier calibration is taken; without one the agent says that it runs
/// uncalibrated, and calibrates itself only if the config allows that. And what happens to a calibration afterwards: a new
/// level that was accepted is a new version of it.
/// </summary>
/// <param name="windowsFor">Normal windows to calibrate a model on.</param>
internal sealed partial class CalibrationStep(
    CalibrationStore store, StateKeeper states, bool auto, Func<AnomalyContract, int> windowsFor, DecisionMaker decisions, ILogger<CalibrationStep> log)
{
    private bool _commanded;

    /// <summary>The id of the calibration in use; null if there is none or it is not on the disk.</summary>
    public string? ActiveId { get; private set; }

    /// <summary>Where another thread asks for a calibration.</summary>
    public CalibrationRequests Requests { get; } = new();

    /// <summary>Windows are collected instead of scored.</summary>
    public bool IsCalibrating { get; private set; }

    /// <returns>A notice to store, or null when an earlier calibration fits.</returns>
    public Decision? Begin(MachineWatch watch, Moment now)
    {
        if (store.TryLoadActive(watch.Machine, watch.Model, watch.Contract, out var why) is { } found)
        {
            watch.Use(found.Calibration, states.Find(found, watch.Contract));
            ActiveId = found.Id;
            PipelineLog.CalibrationTaken(log, found.Id, found.Origin, found.Created);
            Tell(found.Calibration);
            return null;
        }

        return Uncalibrated(watch, why!, now);
    }

    /// <summary>Another model is used from the next reading on.</summary>
    /// <param name="id">Of its calibration; null if it has none, or it is not on the disk.</param>
    /// <returns>A notice to store, or null if it is calibrated.</returns>
    public Decision? Change(MachineWatch watch, string? id, Moment now)
    {
        (IsCalibrating, _commanded, ActiveId) = (false, false, id);
        if (watch.Calibration is not { } calibration)
        {
            return Uncalibrated(watch, $"no calibration was made for {watch.Model.Name} {watch.Model.Version}", now);
        }

        Tell(calibration);
        return null;
    }

    /// <summary>Normal windows that a calibration of this model takes.</summary>
    public int WindowsFor(MachineWatch watch) => Math.Max(windowsFor(watch.Contract), watch.CalibrationProgress?.Needed ?? 0);

    /// <summary>Enough windows were collected.</summary>
    public bool IsFilled(MachineWatch watch) =>
        watch.CalibrationProgress is { } progress && (progress.Collected >= WindowsFor(watch) || progress.Full);

    /// <returns>A notice to store when a calibration began by a command, or ended, with this frame.</returns>
    public Decision? Continue(MachineWatch watch, Moment now)
    {
        if (Requests.Take() is { } request)
        {
            return Grant(request, watch, now);
        }

        if (!IsFilled(watch))
        {
            return null;
        }

        var origin = _commanded ? CalibrationOrigin.Command : CalibrationOrigin.Auto;
        IsCalibrating = false;
        if (watch.FinishCalibration(out var problem) is not { } made)
        {
            PipelineLog.CalibrationFailed(log, problem!);
            if (!_commanded)
            {
                StartOver(watch);
            }

            // After a command the earlier calibration, if there is one, is in use again.
            _commanded = false;
            return decisions.Notice("calibration-failed", Severity.Warning, new Dictionary<string, string> { ["why"] = problem! }, now);
        }

        _commanded = false;
        Tell(made);
        var data = CalibrationFacts.Of(made);
        var draft = CalibrationDraft.Of(made, watch.Contract, origin, now.At, now.Synced);
        if (store.TrySave(draft, out var trouble) is { } stored)
        {
            data["calibration"] = ActiveId = stored.Id;
        }
        else
        {
            // The calibration is in use; without the file it is made anew at the next start.
            PipelineLog.CalibrationFailed(log, trouble!);
            data["notSaved"] = trouble!;
            ActiveId = null;
        }

        return decisions.Notice("calibrated", Severity.Info, data, now);
    }

    private Decision Uncalibrated(MachineWatch watch, string why, Moment now)
    {
        PipelineLog.Uncalibrated(log, why);
        if (auto)
        {
            StartOver(watch);
        }

        var next = auto ? string.Create(CultureInfo.InvariantCulture, $"calibrating on {windowsFor(watch.Contract)} windows") : "run `edgeagent calibrate`";
        return decisions.Notice("uncalibrated", Severity.Warning, new Dictionary<string, string> { ["why"] = why, ["next"] = next }, now);
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

    /// <summary>A machine that is in alarm now must not become the picture of a healthy one.</summary>
    private Decision? Grant(CalibrationRequest request, MachineWatch watch, Moment now)
    {
        var problem = watch.HasAlarm ? new CommandProblem(CommandCodes.AlarmStands, "a machine alarm stands; calibrate a healthy machine")
            : IsCalibrating ? new CommandProblem(CommandCodes.Calibrating, "a calibration is under way")
            : null;
        if (problem is not null)
        {
            request.Refuse(problem);
            return null;
        }

        StartOver(watch);
        _commanded = true;
        var needed = WindowsFor(watch);
        request.Grant(needed);
        var data = new Dictionary<string, string> { ["windows"] = needed.ToString(CultureInfo.InvariantCulture), ["command"] = request.Id };
        if (request.Who is { } who)
        {
            data["who"] = who;
        }

        return decisions.Notice("calibration-started", Severity.Info, data, now);
    }

    private void StartOver(MachineWatch watch)
    {
        IsCalibrating = true;
        watch.BeginCalibration();
        PipelineLog.Calibrating(log, WindowsFor(watch));
    }
}
