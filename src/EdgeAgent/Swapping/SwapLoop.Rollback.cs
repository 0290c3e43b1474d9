using EdgeAgent.Commanding;
using EdgeAgent.Packages;
using EdgeAgent.Pipeline;

namespace EdgeAgent.Swapping;

/// <content>The way back.</content>
internal sealed partial class SwapLoop
{
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
}
