namespace EdgeAgent.Core.ModelPackages;

/// <summary>Names of the fit graph's tensors. <c>windows</c> is float32 [count, samples, slots]; outputs are the baselines.</summary>
/// <param name="Consecutive">True if it needs all windows in a row; false if blocks of them may be left out of a long calibration.</param>
public sealed record FitGraphContract(string Graph, string Windows, string? Present, int MinWindows, bool Consecutive = true);
