namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>What the agent made of an image.</summary>
/// <param name="State">What there is.</param>
/// <param name="Problem">What is wrong whatever the state; null if nothing is.</param>
internal sealed record Finding(StoredState State, string? Problem)
{
    /// <summary>The agent took the files for damaged, and salvaged what there was.</summary>
    public bool Salvaged { get; init; }

    /// <summary>What is under way is no single transaction: a part of it may be done.</summary>
    public bool InParts { get; init; }
}
