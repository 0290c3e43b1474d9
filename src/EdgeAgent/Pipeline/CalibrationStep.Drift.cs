using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Storage;

namespace EdgeAgent.Pipeline;

/// <content>Levels that drifted, and those that were accepted.</content>
internal sealed partial class CalibrationStep
{
    /// <summary>Words what happened to the drift of channels; a level that was accepted is stored first.</summary>
    public IEnumerable<Decision> Follow(MachineWatch watch, IReadOnlyList<DriftChange> drifts, Moment now)
    {
        var accepted = drifts.Where(drift => drift.Event == DriftEvent.Accepted).Select(drift => watch.Calibration!.Channels[drift.Slot]!).ToArray();
        var data = accepted.Length > 0 ? Store(watch, accepted, now) : null;
        foreach (var drift in drifts)
        {
            var decision = decisions.Drift(drift, now, drift.Event == DriftEvent.Accepted ? data : null);
            var told = decision.Data!;
            PipelineLog.Drift(
                log, decision.Code!, told["channel"], told["level"], told["unit"], told["calibrated"], told["deviationSigma"], told["reason"]);
            yield return decision;
        }
    }

    private Dictionary<string, string> Store(MachineWatch watch, IReadOnlyList<string> accepted, Moment now)
    {
        var draft = CalibrationDraft.Of(watch.Calibration!, watch.Contract, CalibrationOrigin.AcceptedLevel, now.At, now.Synced) with
        {
            BasedOn = ActiveId,
            Accepted = accepted,
        };
        if (store.TrySave(draft, out var trouble) is { } stored)
        {
            ActiveId = stored.Id;
            return new Dictionary<string, string> { ["calibration"] = stored.Id, ["by"] = "time" };
        }

        // The level is in use; without the file it is found drifting again after the next start.
        PipelineLog.CalibrationFailed(log, trouble!);
        return new Dictionary<string, string> { ["notSaved"] = trouble!, ["by"] = "time" };
    }
}
