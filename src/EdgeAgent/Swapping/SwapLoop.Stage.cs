using EdgeAgent.Commanding;
using EdgeAgent.Inference.Anomaly;
using EdgeAgent.Packages;

namespace EdgeAgent.Swapping;

/// <content>What the stage tells.</content>
internal sealed partial class SwapLoop
{
    private Task FollowAsync(StageEvent happened, CancellationToken stop)
    {
        var ticket = happened.Ticket;
        if (happened is StageEvent.NotTaken or StageEvent.Activated or StageEvent.Proven or StageEvent.WentBack)
        {
            FreedMemory.GiveBack();
        }

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
}
