using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>The numbers of what a text is about, by what they may be used for. Immutable.</summary>
internal sealed class NumbersByUse(IReadOnlyList<PrintedEvidence> items)
{
    private readonly NumberRules _any = new(items.SelectMany(item => item.Numbers), items);
    private readonly NumberRules _values = new(items.Select(item => PrintedEvidence.WithoutSign(item.Value)), items);
    private readonly NumberRules _normals = new(items.Select(item => PrintedEvidence.WithoutSign(item.Baseline)), items);

    private readonly NumberRules _onsets = new(items.Select(item => item.Onset).OfType<string>(), items);

    public NumberRules For(NumberUse use) => use switch
    {
        NumberUse.Value => _values,
        NumberUse.Normal => _normals,
        NumberUse.Onset => _onsets,
        _ => _any,
    };
}
