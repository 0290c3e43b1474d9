namespace EdgeAgent.Core.ModelPackages;

/// <summary>A tensor that calibration makes: an output of the fit graph, an input of the score graph.</summary>
public sealed record BaselineTensor(string Name, IReadOnlyList<long> Shape);
