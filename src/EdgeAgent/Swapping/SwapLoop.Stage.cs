using EdgeAgent.Commanding;
using EdgeAgent.Inference.Anomaly;
using EdgeAgent.Packages;
using EdgeAgent.Pipeline;

namespace EdgeAgent.Swapping;

/// <content>What the stage tells, and what an earlier run left.</content>
internal sealed partial class SwapLoop
{
    private Task FollowAsync(StageEvent happened, CancellationToken stop)
    {
        var ticket = happened.Ticket;
        switch (happened)
        {
            case StageEvent.Shadowing when _pending?.Ticket == ticket:
                SwapLog.Shadowing(log, ticket);
                Settle(_pending, OutcomeResults.Shadowing, "it was proved and goes beside the model in use");
                break;
            case StageEvent.Ready ready when _pending?.Ticket == ticket:
                return CommitAsync(_pending, ready, stop);
            case StageEvent.NotTaken { Why: var why } when _pending?.Ticket == ticket:
                SwapLog.NotTaken(log, ticket, why);
                var gone = _pending;
                _pending = null;
                disk.Forget(ticket.Model.Name);
                gone.Asked?.Answer.TrySetResult(CommandOutcome.Failed(CommandCodes.NotPossible, why));
                Settle(gone, OutcomeResults.Refused, why);
                break;
            case StageEvent.Activated when _pending?.Ticket == ticket:
                Activated(_pending);
                break;
            case StageEvent.Steady:
                disk.Steady(ticket);
                break;
            case StageEvent.Proven:
                SwapLog.Proven(log, ticket);
                EndProbation();
                disk.Proven(ticket);
                break;
            case StageEvent.WentBack back:
                WentBack(back);
                break;
        }

        return Task.CompletedTask;
    }

    /// <summary>The disk first, then the stage: a kill in between runs the new package, which was verified and proved.</summary>
    private async Task CommitAsync(PendingSwap pending, StageEvent.Ready ready, CancellationToken stop)
    {
        var ticket = pending.Ticket;
        var probation = pending.Asked is null ? rules.Probation : rules.Probation with { For = TimeSpan.Zero };
        try
        {
            var calibration = disk.UseCalibration(ready.Stored, ready.Made, out var trouble);
            if (trouble is not null)
            {
                SwapLog.Failing(log, trouble);
            }

            if (pending.Asked is null)
            {
                disk.Activate(pending.Package!, onProbation: probation.For > TimeSpan.Zero);
            }
            else
            {
                disk.GoBack(ticket.Model.Name, pending.Asked.From, refuse: false);
            }

            mail.Send(new StageOrder.Activate(ticket, calibration, probation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            pending.Asked?.Answer.TrySetResult(CommandOutcome.Failed(CommandCodes.NotStored, OneLine.Of(e)));
            await ClearStageAsync($"the disk does not take it: {OneLine.Of(e)}", stop).ConfigureAwait(false);
            throw;
        }
    }

    private void Activated(PendingSwap done)
    {
        SwapLog.Activated(log, done.Ticket, OnnxAnomalyModel.Loaded.Most);
        _pending = null;
        _probation = done.Asked is null && rules.Probation.For > TimeSpan.Zero ? done.Ticket : null;
        done.Asked?.Answer.TrySetResult(CommandOutcome.Done($"{done.Ticket} decides from now on"));
        Settle(done, OutcomeResults.Activated, "it decides from now on");
    }

    private void WentBack(StageEvent.WentBack back)
    {
        SwapLog.WentBack(log, back.Ticket, back.Why);
        EndProbation();
        disk.GoBack(back.Ticket.Model.Name, back.Ticket.Slot, back.Refuse);
        _ = disk.UseCalibration(back.Calibration, made: null, out _);
        Later(back.Ticket.Model.Name, back.Ticket.Model.Version, back.Ticket.Sequence, OutcomeResults.RolledBack, back.Why);
        if (!back.Live)
        {
            around.Restart();
        }
    }

    private void EndProbation()
    {
        _probation = null;
        _waiting.Clear();
        mail.Work.Writer.TryWrite(new SwapWork.Look());
    }

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

    /// <summary>Opens the package to go back to: a slot, verified again, or the one that the config names.</summary>
    private bool TryOpenBefore(string name, string? slot, out ModelTicket? ticket, out LoadedWatch? loaded, out string? why)
    {
        (ticket, loaded, why) = (null, null, null);
        var folder = slot is null ? opener.ConfiguredFolder(name) : disk.Store.FolderOf(name, slot);
        if (folder is null || (slot is not null && disk.Intake.Verify(folder, out why) is null))
        {
            why ??= $"the config names no package {name}";
            return false;
        }

        return ModelOpener.TryRead(folder, slot, out ticket, out why) && opener.TryOpen(folder, out loaded, out why);
    }

    private async Task GoBackAsync(string name, TaskCompletionSource<CommandOutcome> answer, CancellationToken stop)
    {
        try
        {
            if (await RollbackAsync(name, answer, stop).ConfigureAwait(false) is { } outcome)
            {
                answer.TrySetResult(outcome);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            answer.TrySetResult(CommandOutcome.Failed(CommandCodes.NotStored, OneLine.Of(e)));
        }
    }

    /// <returns>null if the answer comes later, when the model before decides again.</returns>
    private async Task<CommandOutcome?> RollbackAsync(string name, TaskCompletionSource<CommandOutcome> answer, CancellationToken stop)
    {
        var slots = disk.Store.Names().Contains(name) ? disk.Store.Read(name) : PackageSlots.Empty;
        if (slots.Active is not { } active)
        {
            return CommandOutcome.Refused(CommandCodes.NotPossible, $"no installed package {name} is in use");
        }

        if (name == rules.Anomaly && _probation is { } probation)
        {
            mail.Send(new StageOrder.GoBack(probation, "an operator asked for it"));
            return CommandOutcome.Done($"going back from {probation}");
        }

        if (name == rules.Language)
        {
            var folder = slots.LastGood is { } last ? disk.Store.FolderOf(name, last) : opener.ConfiguredFolder(name);
            if (slots.LastGood is not null && disk.Intake.Verify(folder!, out var broken) is null)
            {
                return CommandOutcome.Failed(CommandCodes.NotPossible, broken!);
            }

            disk.GoBack(name, active, refuse: false);
            await around.UseLanguage(folder).ConfigureAwait(false);
            return CommandOutcome.Done($"{slots.LastGood ?? "the package of the config"} explains from now on");
        }

        if (name != rules.Anomaly)
        {
            return CommandOutcome.Refused(CommandCodes.NotPossible, $"the config of this device uses {rules.Names}");
        }

        await ClearStageAsync("an operator went back to an earlier package", stop).ConfigureAwait(false);
        disk.Forget(name);
        if (!TryOpenBefore(name, slots.LastGood, out var ticket, out var loaded, out var why))
        {
            return CommandOutcome.Failed(CommandCodes.NotPossible, why!);
        }

        _pending = new PendingSwap(ticket!, Package: null) { Asked = new AskedRollback(active, answer) };
        mail.Send(new StageOrder.Beside(ticket!, loaded!, opener.CalibrationOf(loaded!), rules.Shadow, Asked: true));
        return null;
    }
}
