using System.Text.Json.Serialization;

namespace EdgeAgent.Core.ModelPackages;

/// <param name="Opset">The ONNX operator set of the graphs.</param>
/// <param name="MemoryMegabytes">What running the model takes at most.</param>
/// <param name="Providers">Execution providers that it was tested on, best first.</param>
public sealed record ModelRuntimeNeeds(
    int Opset,
    [property: JsonPropertyName("memoryMB")] int MemoryMegabytes,
    IReadOnlyList<string> Providers);
