using System.Text.RegularExpressions;

namespace EdgeAgent.Inference.Language.Tokenization;

/// <summary>One step of a pre-tokenizer: cuts a piece of text into smaller ones. No merge ever crosses a cut.</summary>
/// <param name="Pattern">What to look for.</param>
/// <param name="KeepRest">Whether text between matches is kept as pieces, too.</param>
/// <param name="AddPrefixSpace">Whether the text gets a space in front unless it has one.</param>
internal sealed record PieceCutter(Regex? Pattern, bool KeepRest = true, bool AddPrefixSpace = false)
{
    // GPT-2's own pattern, which a ByteLevel step uses unless told not to.
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public static PieceCutter ByteLevel(bool addPrefixSpace, bool useRegex) =>
        new(useRegex ? Compile(Gpt2) : null, AddPrefixSpace: addPrefixSpace);

    public static PieceCutter Digits(bool individually) => new(Compile(individually ? @"\p{N}" : @"\p{N}+"));

    /// <exception cref="ArgumentException">.NET cannot read the pattern.</exception>
    public static PieceCutter Split(string pattern, bool keepRest) => new(Compile(pattern), keepRest);

    public static PieceCutter SplitLiteral(string text) => new(Compile(Regex.Escape(text)));

    public IEnumerable<string> Cut(string text)
    {
        if (AddPrefixSpace && !text.StartsWith(' '))
        {
            text = " " + text;
        }

        if (Pattern is null)
        {
            yield return text;
            yield break;
        }

        var at = 0;
        foreach (Match match in Pattern.Matches(text))
        {
            var (start, end) = (BeforePair(text, match.Index), BeforePair(text, match.Index + match.Length));
            if (KeepRest && start > at)
            {
                yield return text[at..start];
            }

            if (end > start)
            {
                yield return text[start..end];
            }

            at = end;
        }

        if (KeepRest && at < text.Length)
        {
            yield return text[at..];
        }
    }

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.CultureInvariant);

    /// <summary>.NET matches UTF-16 units; a cut between the two halves of a character would lose it.</summary>
    private static int BeforePair(string text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;
}
