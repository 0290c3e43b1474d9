using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Inference;

/// <summary>What the ONNX Runtime in use can do.</summary>
public static class RuntimeFacts
{
    private const string Suffix = "ExecutionProvider";

    /// <summary>The newest operator set of the domain "ai.onnx" that ONNX Runtime 1.29 loads as a released one.</summary>
    public const int HighestOpset = 25;

    /// <summary>Execution providers as manifests and configs name them: "cpu", "cuda", "tensorrt", …</summary>
    public static IReadOnlyList<string> Providers() =>
        [.. OrtEnv.Instance().GetAvailableProviders().Select(name => name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length].ToLowerInvariant() : name)];
}
