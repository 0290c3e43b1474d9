using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Storage;

namespace EdgeAgent.Swapping;

/// <summary>
/// A calibration belongs to one package. A candidate takes, of these, the first that there is: one that was made for exactly this
/// package; that of the model in use, if its manifest says that it fits; one that is made now, on the machine's normal windows.
/// </summary>
internal static class CandidateCalibration
{
    /// <param name="id">Of the calibration in use; null if it is not on the disk.</param>
    /// <returns>Where the candidate's calibration comes from, for a person.</returns>
    public static string Choose(ShadowRun candidate, StoredCalibration? stored, MachineWatch lead, string? id, Moment now)
    {
        var watch = candidate.Watch;
        if (stored is not null)
        {
            watch.Use(stored.Calibration);
            candidate.StoredId = stored.Id;
            return $"{stored.Id}, made for it before";
        }

        if (lead.Calibration is { } present && IsCompatible(watch, lead) && CarriedOver(present, watch) is { } carried)
        {
            var states = lead.CaptureStates();
            watch.Use(carried, ModeStates.Misfit(states, watch.Contract) is null ? states : null);
            candidate.Made = CalibrationDraft.Of(carried, watch.Contract, CalibrationOrigin.CarriedOver, now.At, now.Synced) with { BasedOn = id };
            return $"{id ?? "that in use"}, carried over from {lead.Model.Version}";
        }

        watch.BeginCalibration();
        return "made anew beside the model in use";
    }

    private static bool IsCompatible(MachineWatch watch, MachineWatch lead) =>
        watch.Model.Name == lead.Model.Name && watch.Contract.Calibration?.CompatibleWith.Contains(lead.Model.Version) == true;

    /// <returns>null if the tensors do not fit, whatever the manifest says.</returns>
    private static Calibration? CarriedOver(Calibration present, MachineWatch watch)
    {
        var carried = present with { Model = watch.Model };
        return present.Channels.Count == watch.Contract.Inputs.Count
            && CalibrationCheck.Mismatch(carried, watch.Machine, watch.Model, watch.Contract) is null ? carried : null;
    }
}
