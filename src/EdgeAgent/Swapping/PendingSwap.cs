using EdgeAgent.Commanding;
using EdgeAgent.Packages;

namespace EdgeAgent.Swapping;

/// <summary>What goes beside the model in use, or is on its way there.</summary>
/// <param name="Package">null for a rollback.</param>
internal sealed record PendingSwap(ModelTicket Ticket, VerifiedPackage? Package)
{
    /// <summary>The file that brought it, until its outcome is written; null also for a candidate of an earlier run.</summary>
    public HandedFile? Handed { get; set; }

    /// <summary>Set for a rollback that an operator asked for.</summary>
    public AskedRollback? Asked { get; init; }
}

/// <param name="Path">In the folder of incoming packages.</param>
internal sealed record HandedFile(string Path, string Sha256);

/// <param name="From">The slot that was in use when it was asked for.</param>
internal sealed record AskedRollback(string From, TaskCompletionSource<CommandOutcome> Answer);
