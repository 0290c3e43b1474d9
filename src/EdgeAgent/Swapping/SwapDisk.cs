using EdgeAgent.Packages;
using EdgeAgent.Storage;

namespace EdgeAgent.Swapping;

/// <summary>
/// What a swap writes, in an order in which a kill at any moment leaves a whole and verified package in use: the calibration
/// first, then slots.json with one rename. All of it throws IOException when the disk refuses; what was in use stays in use.
/// </summary>
internal sealed class SwapDisk(PackageStore store, CalibrationStore calibrations, OutcomeFolder outcomes, PackageIntake intake, TimeProvider time)
{
    public PackageStore Store => store;

    public PackageIntake Intake => intake;

    public void Propose(ModelTicket ticket)
    {
        store.Write(ticket.Model.Name, store.Read(ticket.Model.Name) with { Candidate = ticket.Slot });
        store.Prune(ticket.Model.Name);
    }

    public void Forget(string name)
    {
        if (store.Read(name) is { Candidate: not null } slots)
        {
            store.Write(name, slots with { Candidate = null });
        }

        store.Prune(name);
    }

    public void Activate(VerifiedPackage package, bool onProbation) => intake.Activate(package, onProbation);

    public void Steady(ModelTicket ticket) => OnProbation(ticket, slots => slots with { Probation = new PackageProbation(Starts: 0) });

    public void Proven(ModelTicket ticket) => OnProbation(ticket, slots => slots with { Probation = null });

    public void GoBack(string name, string? from, bool refuse)
    {
        var slots = store.Read(name);
        if (slots.Active == from)
        {
            store.Write(name, slots.GoBack(refuse));
        }
    }

    /// <returns>The id under which it is in use; null, with the reason, if the disk does not take it: then it is made anew at the next start.</returns>
    public string? UseCalibration(string? stored, CalibrationDraft? made, out string? trouble)
    {
        trouble = null;
        if (made is not null)
        {
            return calibrations.TrySave(made, out trouble)?.Id;
        }

        if (stored is not null)
        {
            calibrations.Active.Push(stored);
        }

        return stored;
    }

    public PackageOutcome Tell(string file, string sha256, VerifiedPackage? package, string result, string reason)
    {
        var outcome = new PackageOutcome(
            PackageOutcome.FormatName, file, sha256, result, reason, package?.Manifest.Name, package?.Manifest.Version, package?.Manifest.Sequence, time.GetUtcNow());
        outcomes.Write(outcome);
        return outcome;
    }

    /// <summary>What became of a package later; null if the file that brought it is forgotten.</summary>
    public PackageOutcome? Tell(string name, string version, long sequence, string result, string reason)
    {
        if (!outcomes.TryFind(name, version, sequence, out var earlier))
        {
            return null;
        }

        var outcome = earlier with { Result = result, Reason = reason, At = time.GetUtcNow() };
        outcomes.Write(outcome);
        return outcome;
    }

    private void OnProbation(ModelTicket ticket, Func<PackageSlots, PackageSlots> change)
    {
        var slots = store.Read(ticket.Model.Name);
        if (slots.Probation is not null && slots.Active == ticket.Slot)
        {
            store.Write(ticket.Model.Name, change(slots));
        }
    }
}
