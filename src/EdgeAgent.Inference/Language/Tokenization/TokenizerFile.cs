using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace EdgeAgent.Inference.Language.Tokenization;

/// <summary>Reads tokenizer.json. What the agent cannot do is said by name; nothing is ignored that changes the tokens.</summary>
public static class TokenizerFile
{
    private const int LargestId = 1 << 20;

    /// <summary>Does not throw for any content.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> json,
        [NotNullWhen(true)] out ByteLevelBpe? tokenizer,
        [NotNullWhen(false)] out string? problem)
    {
        tokenizer = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            tokenizer = new ByteLevelBpe(Read(document.RootElement));
            problem = null;
            return true;
        }
        catch (JsonException e)
        {
            problem = $"not JSON: {e.Message.ReplaceLineEndings(" ")}";
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            // What JsonElement throws where a value is missing or of another kind, and Regex for a pattern it cannot read.
            problem = $"not a tokenizer.json as Hugging Face writes it: {e.Message.ReplaceLineEndings(" ")}";
        }
        catch (NotSupportedException e)
        {
            problem = e.Message;
        }

        return false;
    }

    private static TokenizerParts Read(JsonElement root)
    {
        var model = root.GetProperty("model");
        Expect(model, "type", "BPE", "model.type");
        Refuse(Flag(model, "byte_fallback"), "model.byte_fallback (SentencePiece-style BPE)");
        Refuse(IsSet(model, "continuing_subword_prefix") || IsSet(model, "end_of_word_suffix"), "model's subword prefix or suffix");
        Refuse(model.TryGetProperty("dropout", out var dropout) && dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() > 0,
            "model.dropout");

        var vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(entry => entry.Name, entry => Id(entry.Value));
        var missing = Enumerable.Range(0, 256).FirstOrDefault(b => !vocabulary.ContainsKey(ByteLetters.Letter((byte)b).ToString()), -1);
        Refuse(missing >= 0, $"a vocabulary without a token for byte 0x{missing:X2} (not byte-level)");

        var (added, special) = Added(root);
        return new TokenizerParts(
            vocabulary, Merges(model, vocabulary), added, special, Cutters(root),
            Flag(model, "ignore_merges"), NormalizerStep.Read(root));
    }

    private static BpeMerges Merges(JsonElement model, Dictionary<string, int> vocabulary)
    {
        var merges = new BpeMerges();
        foreach (var entry in model.GetProperty("merges").EnumerateArray())
        {
            // "a b" in older files, ["a", "b"] in newer ones.
            var parts = entry.ValueKind == JsonValueKind.Array
                ? [.. entry.EnumerateArray().Select(part => part.GetString()!)]
                : entry.GetString()!.Split(' ');
            if (parts.Length != 2 || !vocabulary.TryGetValue(parts[0], out var left) || !vocabulary.TryGetValue(parts[1], out var right)
                || !vocabulary.TryGetValue(parts[0] + parts[1], out var merged))
            {
                throw new FormatException($"the merge {entry.GetRawText()} is not made of two tokens that make a third");
            }

            merges.Add(left, right, merged);
        }

        return merges;
    }

    private static (Dictionary<string, int> Added, HashSet<int> Special) Added(JsonElement root)
    {
        var (added, special) = (new Dictionary<string, int>(), new HashSet<int>());
        if (!root.TryGetProperty("added_tokens", out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return (added, special);
        }

        foreach (var token in list.EnumerateArray())
        {
            var content = token.GetProperty("content").GetString()!;
            Refuse(content.Length == 0 || Flag(token, "lstrip") || Flag(token, "rstrip") || Flag(token, "single_word"),
                $"the added token '{content}' with lstrip, rstrip or single_word");
            added[content] = Id(token.GetProperty("id"));
            if (Flag(token, "special"))
            {
                special.Add(added[content]);
            }
        }

        return (added, special);
    }

    private static List<PieceCutter> Cutters(JsonElement root)
    {
        var cutters = new List<PieceCutter>();
        if (root.TryGetProperty("pre_tokenizer", out var step) && step.ValueKind != JsonValueKind.Null)
        {
            PreTokenizerSteps.Read(step, cutters);
        }

        return cutters;
    }

    private static int Id(JsonElement value) =>
        value.GetInt32() is >= 0 and <= LargestId and var id ? id : throw new FormatException($"the token id {value} is out of range");

    internal static bool Flag(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    internal static void Refuse(bool isUnsupported, string what)
    {
        if (isUnsupported)
        {
            throw new NotSupportedException($"{what} is not supported");
        }
    }

    private static bool IsSet(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0;

    private static void Expect(JsonElement owner, string name, string expected, string what)
    {
        var found = owner.TryGetProperty(name, out var value) ? value.ToString() : "nothing";
        Refuse(found != expected, $"{what} '{found}' (supported: {expected})");
    }
}
