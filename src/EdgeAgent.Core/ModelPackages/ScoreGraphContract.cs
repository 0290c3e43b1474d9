namespace EdgeAgent.Core.ModelPackages;

/// <summary>Names of the score graph's tensors. <c>window</c> is float32 [1, samples, slots].</summary>
/// <param name="Present">float32 [slots] input, null if the graph takes none.</param>
/// <param name="Hold">float32 [1] input: 1 while a machine alarm is active; null if the graph takes none.</param>
/// <param name="Settled">float32 [1, slots] output: 1 where a fault ended by settling at a new level; null if the graph gives none.</param>
public sealed record ScoreGraphContract(
    string Graph,
    string Window,
    string? Present,
    string? Hold,
    string Score,
    string ChannelScores,
    IReadOnlyList<StateTensor> States,
    IReadOnlyList<BaselineTensor> Baselines,
    string? Settled = null);
