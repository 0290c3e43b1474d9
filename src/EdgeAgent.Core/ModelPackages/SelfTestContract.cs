namespace EdgeAgent.Core.ModelPackages;

/// <summary>
/// What a package must give for given input. An anomaly package's outputs may each differ from the golden one by
/// absolute + relative × |golden|; a language package must write an answer to each prompt.
/// </summary>
/// <param name="File">Anomaly: JSON, {"cases": [{"graph", "inputs": {name: {shape, data}}, "outputs": {…}}]}, tensors of float32.</param>
/// <param name="LatencyMs">Anomaly: what one run of a case may take at most, in the median.</param>
/// <param name="Prompts">Language: what it is asked.</param>
public sealed record SelfTestContract(
    string? File = null, double RelativeTolerance = 0, double AbsoluteTolerance = 0, double LatencyMs = 0, IReadOnlyList<SelfTestPrompt>? Prompts = null);
