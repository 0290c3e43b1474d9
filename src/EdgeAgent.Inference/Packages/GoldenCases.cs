using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Inference.Packages;

/// <summary>A tensor of float32 in a golden file.</summary>
internal sealed record GoldenTensor(IReadOnlyList<long> Shape, float[] Data)
{
    public bool IsWhole => Shape is not null && Data is not null && Shape.All(size => size >= 0)
        && Shape.Aggregate(1L, (product, size) => product <= int.MaxValue ? product * size : product) == Data.Length;
}

internal sealed record GoldenCase(string Graph, IReadOnlyDictionary<string, GoldenTensor> Inputs, IReadOnlyDictionary<string, GoldenTensor> Outputs);

/// <summary>What a package must give for given input.</summary>
internal sealed record GoldenCases(IReadOnlyList<GoldenCase> Cases);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GoldenCases))]
internal sealed partial class GoldenJson : JsonSerializerContext;
