namespace EdgeAgent.Core.ModelPackages;

/// <summary>The golden self-test: each output may differ from the golden one by absolute + relative × |golden|.</summary>
/// <param name="File">JSON: {"cases": [{"graph", "inputs": {name: {shape, data}}, "outputs": {…}}]}, tensors of float32.</param>
/// <param name="LatencyMs">What one run of a case may take at most, in the median.</param>
public sealed record SelfTestContract(string File, double RelativeTolerance, double AbsoluteTolerance, double LatencyMs);
