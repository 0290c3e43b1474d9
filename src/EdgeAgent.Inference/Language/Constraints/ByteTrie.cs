using System.Text;

namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>A set of words that can be walked byte by byte in UTF-8. Immutable; nodes are numbers, the root is 0.</summary>
internal sealed class ByteTrie
{
    public const int Root = 0;

    /// <summary>No node: the bytes so far begin none of the words.</summary>
    public const int None = -1;

    private readonly Dictionary<int, int> _children = [];
    private readonly List<int> _wordAt = [None];
    private readonly List<List<int>> _below = [[]];
    private readonly int[] _bytesToEnd;

    public ByteTrie(IEnumerable<string> words)
    {
        Words = [.. words.Where(word => word.Length > 0).Distinct()];
        foreach (var (index, word) in Words.Index())
        {
            Add(index, Encoding.UTF8.GetBytes(word));
        }

        _bytesToEnd = new int[_wordAt.Count];
        Array.Fill(_bytesToEnd, int.MaxValue);
        for (var node = _wordAt.Count - 1; node >= 0; node--)
        {
            _bytesToEnd[node] = _wordAt[node] != None ? 0 : _bytesToEnd[node];
        }

        // A child is always made after its parent, so one pass from the last node up sees children first.
        foreach (var (key, child) in _children.OrderByDescending(edge => edge.Value))
        {
            var parent = key >> 8;
            _bytesToEnd[parent] = Math.Min(_bytesToEnd[parent], _bytesToEnd[child] + 1);
        }
    }

    public IReadOnlyList<string> Words { get; }

    public bool IsEmpty => Words.Count == 0;

    public int Next(int node, byte value) => _children.GetValueOrDefault((node << 8) | value, None);

    /// <summary>Whether a word ends at this node.</summary>
    public bool IsWord(int node) => _wordAt[node] != None;

    /// <summary>The index of the word that ends at this node, or <see cref="None"/>.</summary>
    public int WordAt(int node) => _wordAt[node];

    /// <summary>The indexes of the words that go through or end at this node.</summary>
    public IReadOnlyList<int> WordsBelow(int node) => _below[node];

    /// <summary>The least number of bytes from this node to the end of a word.</summary>
    public int BytesToEnd(int node) => _bytesToEnd[node];

    private void Add(int index, ReadOnlySpan<byte> bytes)
    {
        var node = Root;
        _below[node].Add(index);
        foreach (var value in bytes)
        {
            var key = (node << 8) | value;
            if (!_children.TryGetValue(key, out node))
            {
                node = _wordAt.Count;
                _children.Add(key, node);
                _wordAt.Add(None);
                _below.Add([]);
            }

            _below[node].Add(index);
        }

        _wordAt[node] = index;
    }
}
