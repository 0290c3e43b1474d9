using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Inference.Anomaly;

/// <summary>Tensors over managed memory, without a copy.</summary>
internal static class Tensors
{
    public static OrtValue Over(ReadOnlyMemory<float> memory, long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.AsMemory(memory), shape);
}
