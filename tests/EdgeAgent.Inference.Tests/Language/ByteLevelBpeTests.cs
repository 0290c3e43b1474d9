using System.Text;
using EdgeAgent.Inference.Language.Tokenization;

namespace EdgeAgent.Inference.Tests.Language;

public sealed class ByteLevelBpeTests
{
    private const string Bytes =
        """{"type":"BPE","vocab":{VOCAB},"merges":[["l","e"],["le","a"]],"ignore_merges":IGNORE}""";

    [Theory]
    [InlineData("")]
    [InlineData("Flow fell to 27.1 l/min, normal 32.0.")]
    [InlineData("  leading and trailing  \n\n and a tab\t")]
    [InlineData("Grüße, m³/h, 20 °C, 漢字, 🚰🚱, e\u0301")]
    [InlineData("`Vibration 1` <|end|> <|user|>")]
    public void Text_comes_back_as_it_went_in(string text)
    {
        foreach (var folder in new[] { LanguagePackages.Tiny("float"), LanguagePackages.Tiny("half"), LanguagePackages.Shipped })
        {
            var tokenizer = LanguagePackages.Tokenizer(folder);

            Assert.Equal(text, tokenizer.Decode(tokenizer.EncodeText(text)));
        }
    }

    [Fact]
    public void Any_text_comes_back_as_it_went_in()
    {
        var tokenizers = new[] { LanguagePackages.Tiny("float"), LanguagePackages.Shipped }.Select(LanguagePackages.Tokenizer).ToList();
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var runes = Enumerable.Range(0, random.Next(0, 40)).Select(_ => AnyRune(random));
            var text = string.Concat(runes.Select(rune => rune.ToString()));

            Assert.All(tokenizers, tokenizer => Assert.Equal(text, tokenizer.Decode(tokenizer.EncodeText(text))));
        }
    }

    [Fact]
    public void Both_ways_of_writing_merges_give_the_same_tokens()
    {
        const string Text = "the pump has a restriction, flow 27.1; the leak \"le\"";
        var spaced = LanguagePackages.Tokenizer(LanguagePackages.Tiny("float"));
        var paired = LanguagePackages.Tokenizer(LanguagePackages.Tiny("half"));

        Assert.Equal(spaced.EncodeText(Text), paired.EncodeText(Text));
        Assert.True(spaced.EncodeText(Text).Count < Text.Length, "no merge was used");
    }

    [Fact]
    public void Digits_are_tokens_of_their_own()
    {
        var tokenizer = LanguagePackages.Tokenizer(LanguagePackages.Tiny("float"));

        // The vocabulary has a token "27", but the digits are cut apart before any merge.
        Assert.NotNull(tokenizer.Find("27"));
        Assert.Equal(["2", "7", "."], tokenizer.EncodeText("27.").Select(id => tokenizer.Decode([id])));
    }

    [Fact]
    public void Special_tokens_are_tokens_only_in_a_template()
    {
        var tokenizer = LanguagePackages.Tokenizer(LanguagePackages.Shipped);
        var end = tokenizer.Find("<|end|>")!.Value;

        Assert.Equal([end], tokenizer.EncodeTemplate("<|end|>"));
        Assert.DoesNotContain(end, tokenizer.EncodeText("a<|end|>b"));
        Assert.Equal([.. tokenizer.EncodeText("a"), end, .. tokenizer.EncodeText("b")], tokenizer.EncodeTemplate("a<|end|>b"));
        Assert.True(tokenizer.IsSpecial(end));
        Assert.Equal(0, tokenizer.BytesOf(end).Length);
    }

    [Fact]
    public void A_character_that_is_cut_short_decodes_to_a_replacement()
    {
        var tokenizer = LanguagePackages.Tokenizer(LanguagePackages.Tiny("float"));
        var tokens = tokenizer.EncodeText("漢");

        Assert.Equal(3, tokens.Count);
        Assert.Equal("\uFFFD", tokenizer.Decode(tokens.Take(2)));
    }

    [Theory]
    [InlineData("true", new[] { "leak" })]
    [InlineData("false", new[] { "lea", "k" })]
    public void A_whole_piece_is_one_token_only_if_the_file_says_so(string ignoreMerges, string[] expected)
    {
        var tokenizer = Read(Bytes.Replace("IGNORE", ignoreMerges, StringComparison.Ordinal), "le", "lea", "leak");

        Assert.Equal(expected, tokenizer.EncodeText("leak").Select(id => tokenizer.Decode([id])));
    }

    [Theory]
    [InlineData("'s|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s+", "Isolated", false, "lea k|5|5|!")]
    [InlineData("\\p{L}+", "Removed", true, "lea|k")]
    public void Split_cuts_by_a_pattern(string pattern, string behavior, bool invert, string pieces)
    {
        var cutter = PieceCutter.Split(pattern, keepRest: behavior == "Isolated");

        Assert.Equal(pieces.Replace("lea k", "lea| k", StringComparison.Ordinal).Split('|'), cutter.Cut("lea k55!").Where(p => p.Length > 0));
        Assert.Equal(invert, behavior == "Removed");
    }

    [Theory]
    [InlineData("""{"model":{"type":"Unigram"}}""", "model.type 'Unigram'")]
    [InlineData("""{"model":{"type":"BPE","byte_fallback":true}}""", "byte_fallback")]
    [InlineData("""{"model":{"type":"BPE","end_of_word_suffix":"</w>"}}""", "suffix")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""", "byte 0x00")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":"x"},"merges":[]}}""", "not a tokenizer.json")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":-4},"merges":[]}}""", "not a tokenizer.json")]
    [InlineData("""{"model":{}}""", "model.type 'nothing'")]
    [InlineData("""[]""", "not a tokenizer.json")]
    [InlineData("""{"model":""", "not JSON")]
    public void A_file_that_cannot_be_used_is_named(string json, string expected)
    {
        Assert.False(TokenizerFile.TryRead(Encoding.UTF8.GetBytes(json), out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"normalizer\":{\"type\":\"Lowercase\"}", "normalizer 'Lowercase'")]
    [InlineData("\"pre_tokenizer\":{\"type\":\"Metaspace\"}", "pre_tokenizer 'Metaspace'")]
    [InlineData("\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"String\":\" \"},\"behavior\":\"MergedWithNext\"}", "MergedWithNext")]
    [InlineData("\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(\"},\"behavior\":\"Isolated\"}", "not a tokenizer.json")]
    [InlineData("\"added_tokens\":[{\"id\":1,\"content\":\"<m>\",\"lstrip\":true}]", "'<m>'")]
    public void An_unsupported_step_is_named(string extra, string expected)
    {
        var json = $"{{{extra},\"model\":{Bytes}}}".Replace("IGNORE", "false", StringComparison.Ordinal);

        Assert.False(TokenizerFile.TryRead(WithVocabulary(json, "le", "lea"), out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_merge_of_unknown_tokens_is_named()
    {
        var json = $"{{\"model\":{Bytes}}}".Replace("IGNORE", "false", StringComparison.Ordinal);

        Assert.False(TokenizerFile.TryRead(WithVocabulary(json, "le"), out _, out var problem));
        Assert.Contains("[\"le\",\"a\"]", problem, StringComparison.Ordinal);
    }

    private static ByteLevelBpe Read(string model, params string[] extra)
    {
        Assert.True(TokenizerFile.TryRead(WithVocabulary($"{{\"model\":{model}}}", extra), out var tokenizer, out var problem), problem);
        return tokenizer;
    }

    private static byte[] WithVocabulary(string json, params string[] extra)
    {
        var tokens = Enumerable.Range(0, 256).Select(value => ByteLetters.Letter((byte)value).ToString()).Concat(extra);
        var entries = tokens.Select((token, id) => $"{System.Text.Json.JsonSerializer.Serialize(token)}:{id}");
        return Encoding.UTF8.GetBytes(json.Replace("VOCAB", string.Join(',', entries), StringComparison.Ordinal));
    }

    private static Rune AnyRune(Random random)
    {
        while (true)
        {
            var limit = random.Next(4) switch { 0 => 0x110000, 1 => 0x3000, 2 => 0x250, _ => 0x80 };
            if (Rune.TryCreate(random.Next(limit), out var rune))
            {
                return rune;
            }
        }
    }
}
