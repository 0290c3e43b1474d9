using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Swapping;

/// <summary>What a swap touches beside the anomaly models.</summary>
/// <param name="UseLanguage">From the next explanation on, this folder's model explains; null = the template.</param>
/// <param name="Restart">Ends the pipeline and starts a new one from the packages that are active then.</param>
internal sealed record SwapSurroundings(Func<string?, Task> UseLanguage, Action Restart, Func<Moment> Now, TimeProvider Time);
