using EdgeAgent.Commanding;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Packages;
using EdgeAgent.Storage;

namespace EdgeAgent.Swapping;

/// <content>Packages that were handed over.</content>
internal sealed partial class SwapLoop
{
    private async Task LookAsync(CancellationToken stop)
    {
        incoming.Create();
        foreach (var path in incoming.Complete().Where(path => !_waiting.Contains(path) && path != _pending?.Handed?.Path))
        {
            try
            {
                await TakeAsync(path, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not (IOException or UnauthorizedAccessException or OperationCanceledException))
            {
                // No fault of the disk, so the next look would end the same way. The next start tries once more.
                _waiting.Add(path);
                throw;
            }
        }
    }

    /// <summary>Tells when something is renamed into the folder; without it the folder is looked at every few seconds.</summary>
    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(incoming.FullPath, "*" + IncomingFolder.Ending);
            watcher.Renamed += (_, _) => mail.Work.Writer.TryWrite(new SwapWork.Look());
            watcher.Created += (_, _) => mail.Work.Writer.TryWrite(new SwapWork.Look());
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return null;
        }
    }

    private async Task TakeAsync(string path, CancellationToken stop)
    {
        var (result, sha256) = await disk.Intake.ProveAsync(path, stop).ConfigureAwait(false);
        var handed = new HandedFile(path, sha256);
        var package = result.Package;
        switch (result.Verdict)
        {
            case InstallVerdict.Refused:
                await RefuseAsync(handed, package, result.Problem!.ToString()).ConfigureAwait(false);
                break;
            case InstallVerdict.AlreadyActive:
                End(handed, package, OutcomeResults.AlreadyActive, "it is in use");
                break;
            case InstallVerdict.Proved when package!.Manifest.Name == rules.Language:
                await UseLanguageAsync(handed, package).ConfigureAwait(false);
                break;
            case InstallVerdict.Proved when package!.Manifest.Name != rules.Anomaly:
                disk.Forget(package.Manifest.Name);
                await RefuseAsync(handed, package, $"manifest.json: name is {package.Manifest.Name}; the config of this device uses {rules.Names}").ConfigureAwait(false);
                break;
            case InstallVerdict.Proved when _probation is not null:
                _waiting.Add(path);
                SwapLog.Waits(log, Path.GetFileName(path), _probation);
                break;
            default:
                await ProposeAsync(handed, package!, stop).ConfigureAwait(false);
                break;
        }
    }

    private async Task ProposeAsync(HandedFile handed, VerifiedPackage package, CancellationToken stop)
    {
        var ticket = new ModelTicket(package.Identity, package.Manifest.Sequence, PackageStore.SlotOf(package.Manifest, package.Identity));
        if (_pending?.Ticket == ticket)
        {
            End(handed, package, OutcomeResults.Shadowing, "it goes beside the model in use already");
            return;
        }

        await ClearStageAsync($"{ticket} came after it", stop).ConfigureAwait(false);
        disk.Propose(ticket);
        if (!TryBegin(ticket, package, handed, out var problem))
        {
            disk.Forget(package.Manifest.Name);
            await RefuseAsync(handed, package, problem!).ConfigureAwait(false);
        }
    }

    private bool TryBegin(ModelTicket ticket, VerifiedPackage package, HandedFile? handed, out string? problem)
    {
        if (!opener.TryOpen(disk.Store.FolderOf(ticket.Model.Name, ticket.Slot!), out var loaded, out problem))
        {
            return false;
        }

        _pending = new PendingSwap(ticket, package) { Handed = handed };
        mail.Send(new StageOrder.Beside(ticket, loaded, opener.CalibrationOf(loaded), rules.Shadow));
        return true;
    }

    private async Task UseLanguageAsync(HandedFile handed, VerifiedPackage package)
    {
        var name = package.Manifest.Name;
        var before = disk.Store.Read(name).Active;
        disk.Activate(package, onProbation: false);
        var slot = disk.Store.Read(name).Active!;
        await around.UseLanguage(disk.Store.FolderOf(name, slot)).ConfigureAwait(false);
        var ticket = new ModelTicket(package.Identity, package.Manifest.Sequence, slot);
        await TellAsync(notices.Activated(ticket, before ?? "that of the config", null, TimeSpan.Zero, null, around.Now())).ConfigureAwait(false);
        End(handed, package, OutcomeResults.Activated, "it explains from now on");
    }

    /// <summary>Frees what goes beside the model in use, so that never more than two are loaded.</summary>
    private async Task ClearStageAsync(string why, CancellationToken stop)
    {
        if (_pending is not { } earlier)
        {
            return;
        }

        _pending = null;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        mail.Send(new StageOrder.Drop(done));
        await done.Task.WaitAsync(stop).ConfigureAwait(false);
        earlier.Asked?.Answer.TrySetResult(CommandOutcome.Failed(CommandCodes.NotPossible, why));
        Settle(earlier, OutcomeResults.Refused, why);
    }

    private async Task RefuseAsync(HandedFile handed, VerifiedPackage? package, string why)
    {
        End(handed, package, OutcomeResults.Refused, why);
        await TellAsync(notices.Refused(Path.GetFileName(handed.Path), why, around.Now())).ConfigureAwait(false);
    }

    /// <summary>Says what became of a file and removes it, in this order: one that is left after a kill is judged again.</summary>
    private void End(HandedFile handed, VerifiedPackage? package, string result, string reason)
    {
        var file = Path.GetFileName(handed.Path);
        disk.Tell(file, handed.Sha256, package, result, reason);
        File.Delete(handed.Path);
        Announce(file, result, reason);
    }

    /// <summary>Says what became of what went beside the model in use.</summary>
    private void Settle(PendingSwap pending, string result, string reason)
    {
        if (pending.Handed is { } handed)
        {
            pending.Handed = null;
            End(handed, pending.Package, result, reason);
        }
        else if (pending.Asked is null)
        {
            Later(pending.Ticket.Model.Name, pending.Ticket.Model.Version, pending.Ticket.Sequence, result, reason);
        }
    }

    private void Later(string name, string version, long sequence, string result, string reason)
    {
        if (disk.Tell(name, version, sequence, result, reason) is { } outcome)
        {
            Announce(outcome.File, result, reason);
        }
    }

    private void Announce(string file, string result, string reason)
    {
        SwapLog.Outcome(log, file, result, reason);
        Judged?.Invoke(result is not (OutcomeResults.Refused or OutcomeResults.RolledBack));
    }

    private ValueTask TellAsync(Decision decision) => items.WriteAsync(new OutboxItem.ForDecision(decision));
}
