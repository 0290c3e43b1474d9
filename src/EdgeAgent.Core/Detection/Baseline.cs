namespace EdgeAgent.Core.Detection;

/// <summary>What a fit graph learned of one machine's normal state: named float tensors, row-major.</summary>
public sealed record Baseline(IReadOnlyDictionary<string, float[]> Tensors)
{
    public ReadOnlySpan<float> this[string name] => Tensors[name];
}
