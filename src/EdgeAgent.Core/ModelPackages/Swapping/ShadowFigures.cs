namespace EdgeAgent.Core.ModelPackages.Swapping;

/// <summary>What two models on the same windows came to. All shares are of <paramref name="Windows"/>.</summary>
/// <param name="Windows">Windows that both scored.</param>
/// <param name="ActiveAlarms">Share with a standing alarm of the model in use.</param>
/// <param name="CandidateAlarms">Share with a standing alarm of the candidate.</param>
/// <param name="Disagreement">Share in which one is above its threshold and the other is not.</param>
/// <param name="LatencyP95">Of the candidate's scoring.</param>
/// <param name="Hop">Time between two windows.</param>
public sealed record ShadowFigures(
    long Windows, double ActiveAlarms, double CandidateAlarms, double Disagreement, TimeSpan LatencyP95, TimeSpan Hop);
