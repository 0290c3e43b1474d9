namespace EdgeAgent.Inference.Language.Tokenization;

/// <summary>What a tokenizer.json says, checked.</summary>
internal sealed record TokenizerParts(
    IReadOnlyDictionary<string, int> Vocabulary,
    BpeMerges Merges,
    IReadOnlyDictionary<string, int> Added,
    IReadOnlySet<int> Special,
    IReadOnlyList<PieceCutter> Cutters,
    bool WholePiecesFirst,
    bool Normalize)
{
    public int Size => 1 + Math.Max(Vocabulary.Values.DefaultIfEmpty(-1).Max(), Added.Values.DefaultIfEmpty(-1).Max());
}
