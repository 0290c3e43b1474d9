using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>The numbers that may be written at some place of a text, and which of them are onsets. Immutable.</summary>
internal sealed class NumberRules
{
    private readonly HashSet<int> _onsets;

    public NumberRules(IEnumerable<string> numbers, IEnumerable<PrintedEvidence> items)
    {
        Trie = new ByteTrie(numbers);
        var onsets = items.Select(item => item.Onset).OfType<string>().ToHashSet();
        _onsets = [.. Trie.Words.Index().Where(word => onsets.Contains(word.Item)).Select(word => word.Index)];
    }

    public ByteTrie Trie { get; }

    /// <summary>Whether the number that ends at this node is an onset.</summary>
    public bool IsOnset(int node) => _onsets.Contains(Trie.WordAt(node));
}
