using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeAgent.Inference.Language.Tokenization;

/// <summary>
/// A byte-level BPE tokenizer as Hugging Face's tokenizer.json describes it. Every text can be encoded and comes back
/// byte for byte. Immutable and thread-safe.
/// </summary>
public sealed class ByteLevelBpe
{
    private readonly byte[][] _bytes;
    private readonly int[] _byteTokens;
    private readonly BpeMerges _merges;
    private readonly IReadOnlyList<PieceCutter> _cutters;
    private readonly FrozenDictionary<string, int> _vocabulary;
    private readonly FrozenDictionary<string, int> _added;
    private readonly FrozenSet<int> _special;
    private readonly Regex? _addedPattern;
    private readonly bool _wholePiecesFirst;
    private readonly bool _normalize;

    internal ByteLevelBpe(TokenizerParts parts)
    {
        (_merges, _cutters, _wholePiecesFirst, _normalize) = (parts.Merges, parts.Cutters, parts.WholePiecesFirst, parts.Normalize);
        _vocabulary = parts.Vocabulary.ToFrozenDictionary();
        _added = parts.Added.ToFrozenDictionary();
        _special = parts.Special.ToFrozenSet();
        _bytes = new byte[parts.Size][];
        Array.Fill(_bytes, []);
        foreach (var (token, id) in parts.Vocabulary)
        {
            _bytes[id] = ByteLetters.TryDecode(token) ?? [];
        }

        foreach (var (token, id) in parts.Added)
        {
            _bytes[id] = _special.Contains(id) ? [] : Encoding.UTF8.GetBytes(token);
        }

        _byteTokens = [.. Enumerable.Range(0, 256).Select(value => _vocabulary[ByteLetters.Letter((byte)value).ToString()])];
        _addedPattern = _added.Count == 0
            ? null
            : new Regex(string.Join('|', _added.Keys.OrderByDescending(t => t.Length).Select(Regex.Escape)), RegexOptions.CultureInvariant);
    }

    /// <summary>Ids run from 0 to one below this.</summary>
    public int Size => _bytes.Length;

    /// <summary>The bytes of text that a token stands for: none for a special token and for an id without token.</summary>
    public ReadOnlySpan<byte> BytesOf(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id] : [];

    public bool IsSpecial(int id) => _special.Contains(id);

    /// <summary>The id of exactly this token, added or not; null if there is none.</summary>
    public int? Find(string token) =>
        _added.TryGetValue(token, out var id) || _vocabulary.TryGetValue(token, out id) ? id : null;

    /// <summary>Text from outside: what looks like a special token stays text, so that nobody can speak as another role.</summary>
    public IReadOnlyList<int> EncodeText(string text)
    {
        var ids = new List<int>();
        AppendText(text, ids);
        return ids;
    }

    /// <summary>A chat template's own text, in which added tokens are tokens.</summary>
    public IReadOnlyList<int> EncodeTemplate(string text)
    {
        var ids = new List<int>();
        var at = 0;
        foreach (Match match in _addedPattern?.Matches(text) ?? Enumerable.Empty<Match>())
        {
            AppendText(text[at..match.Index], ids);
            ids.Add(_added[match.Value]);
            at = match.Index + match.Length;
        }

        AppendText(text[at..], ids);
        return ids;
    }

    /// <summary>The text of tokens, without special ones. A character cut short at the end becomes U+FFFD.</summary>
    public string Decode(IEnumerable<int> ids) => Encoding.UTF8.GetString([.. ids.SelectMany(id => BytesOf(id).ToArray())]);

    private void AppendText(string text, List<int> ids)
    {
        if (text.Length == 0)
        {
            return;
        }

        IEnumerable<string> pieces = [_normalize ? text.Normalize(NormalizationForm.FormC) : text];
        foreach (var cutter in _cutters)
        {
            pieces = pieces.SelectMany(cutter.Cut);
        }

        foreach (var piece in pieces)
        {
            AppendPiece(piece, ids);
        }
    }

    private void AppendPiece(string piece, List<int> ids)
    {
        var bytes = Encoding.UTF8.GetBytes(piece);
        if (_wholePiecesFirst && _vocabulary.TryGetValue(string.Concat(bytes.Select(ByteLetters.Letter)), out var whole))
        {
            ids.Add(whole);
            return;
        }

        var symbols = bytes.Select(value => _byteTokens[value]).ToList();
        _merges.Apply(symbols);
        ids.AddRange(symbols);
    }
}
