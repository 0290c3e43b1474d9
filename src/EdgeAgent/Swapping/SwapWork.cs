using EdgeAgent.Commanding;

namespace EdgeAgent.Swapping;

/// <summary>What the swap loop does, one after the other.</summary>
internal abstract record SwapWork
{
    private SwapWork()
    {
    }

    /// <summary>There may be something in the folder of incoming packages.</summary>
    internal sealed record Look : SwapWork;

    internal sealed record Happened(StageEvent Event) : SwapWork;

    /// <summary>An operator wants the package before the one in use.</summary>
    internal sealed record GoBack(string Name, TaskCompletionSource<CommandOutcome> Answer) : SwapWork;
}
