namespace EdgeAgent.Core.Detection;

/// <summary>The states of a score graph at one moment: float tensors by the name of their input, row-major.</summary>
public sealed record ScorerStates(IReadOnlyDictionary<string, float[]> Tensors);
