namespace EdgeAgent.Core.ModelPackages;

/// <summary>What the score graph measured beside the score, for the evidence.</summary>
/// <param name="Output">Score output, float32 [1, slots, names].</param>
/// <param name="Center">Baseline tensor [slots, names]: each statistic's normal value.</param>
/// <param name="Sigma">Baseline tensor [slots, names]: each statistic's standard deviation in normal running.</param>
/// <param name="Names">Ids of the evidence vocabulary.</param>
public sealed record StatisticsContract(string Output, string Center, string Sigma, IReadOnlyList<string> Names);
