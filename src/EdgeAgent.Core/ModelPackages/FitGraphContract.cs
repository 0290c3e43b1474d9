namespace EdgeAgent.Core.ModelPackages;

/// <summary>Names of the fit graph's tensors. <c>windows</c> is float32 [count, samples, slots]; outputs are the baselines.</summary>
public sealed record FitGraphContract(string Graph, string Windows, string? Present, int MinWindows);
