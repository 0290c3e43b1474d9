using EdgeAgent.Core.ModelPackages.Swapping;

namespace EdgeAgent.Swapping;

/// <summary>What the config says about swaps.</summary>
/// <param name="Anomaly">The name of the anomaly package; null if its folder cannot be read.</param>
/// <param name="Language">The name of the language package; null if there is none.</param>
internal sealed record SwapRules(string? Anomaly, string? Language, ShadowLimits Shadow, ProbationLimits Probation)
{
    public string Names => string.Join(" and ", new[] { Anomaly, Language }.OfType<string>());
}
