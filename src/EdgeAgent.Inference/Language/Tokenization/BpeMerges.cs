namespace EdgeAgent.Inference.Language.Tokenization;

/// <summary>The merges of a byte-pair encoding: which neighbours become one token, and which merge goes first.</summary>
internal sealed class BpeMerges
{
    private readonly Dictionary<(int Left, int Right), (int Rank, int Merged)> _merges = [];

    public void Add(int left, int right, int merged) => _merges.TryAdd((left, right), (_merges.Count, merged));

    /// <summary>Merges neighbours in place, lowest rank first, leftmost among equals, until none is left to merge.</summary>
    public void Apply(List<int> symbols)
    {
        while (symbols.Count > 1)
        {
            var (best, merged) = (int.MaxValue, -1);
            for (var i = 0; i + 1 < symbols.Count; i++)
            {
                if (_merges.TryGetValue((symbols[i], symbols[i + 1]), out var merge) && merge.Rank < best)
                {
                    (best, merged) = (merge.Rank, merge.Merged);
                }
            }

            if (merged < 0)
            {
                return;
            }

            ApplyRank(symbols, best, merged);
        }
    }

    private void ApplyRank(List<int> symbols, int rank, int merged)
    {
        var kept = 0;
        for (var i = 0; i < symbols.Count; i++, kept++)
        {
            var fits = i + 1 < symbols.Count
                && _merges.TryGetValue((symbols[i], symbols[i + 1]), out var merge) && merge.Rank == rank;
            symbols[kept] = fits ? merged : symbols[i];
            i += fits ? 1 : 0;
        }

        symbols.RemoveRange(kept, symbols.Count - kept);
    }
}
