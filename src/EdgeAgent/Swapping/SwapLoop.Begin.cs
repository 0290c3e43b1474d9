using EdgeAgent.Packages;

namespace EdgeAgent.Swapping;

/// <content>What an earlier run left.</content>
internal sealed partial class SwapLoop
{
    /// <summary>A probation or a candidate of an earlier run goes on.</summary>
    private async Task BeginAsync()
    {
        incoming.Create();
        foreach (var (name, slot, why) in givenUp)
        {
            await TellAsync(notices.WentBack(name, slot, why, around.Now())).ConfigureAwait(false);
            if (ModelOpener.TryRead(disk.Store.FolderOf(name, slot), slot, out var ticket, out _))
            {
                Later(name, ticket.Model.Version, ticket.Sequence, OutcomeResults.RolledBack, why);
            }
        }

        Resume();
        disk.Store.TidyUp();
    }

    private void Resume()
    {
        if (rules.Anomaly is not { } name || !disk.Store.Names().Contains(name))
        {
            return;
        }

        var slots = disk.Store.Read(name);
        if (slots is { Probation: not null, Active: { } active })
        {
            ResumeProbation(name, active, slots.LastGood);
        }
        else if (slots.Candidate is { } candidate)
        {
            var package = disk.Intake.Verify(disk.Store.FolderOf(name, candidate), out var why);
            var ticket = package is null ? null : new ModelTicket(package.Identity, package.Manifest.Sequence, candidate);
            if (ticket is null || !TryBegin(ticket, package!, handed: null, out why))
            {
                SwapLog.Left(log, candidate, why!);
                disk.Forget(name);
            }
        }
    }

    private void ResumeProbation(string name, string active, string? lastGood)
    {
        if (!ModelOpener.TryRead(disk.Store.FolderOf(name, active), active, out var ticket, out var why) || rules.Probation.For == TimeSpan.Zero)
        {
            SwapLog.Left(log, active, why ?? "the config has no probation any more");
            disk.Store.Write(name, disk.Store.Read(name) with { Probation = null });
            return;
        }

        _probation = ticket;
        var before = TryOpenBefore(name, lastGood, out _, out var loaded, out why) ? loaded : null;
        if (before is null)
        {
            SwapLog.Left(log, lastGood ?? name, why!);
        }

        mail.Send(new StageOrder.Accompany(ticket, before, before is null ? null : opener.CalibrationOf(before), rules.Probation));
    }
}
