using System.Text.Json;

namespace EdgeAgent.Inference.Language.Tokenization;

/// <summary>The pre_tokenizer of a tokenizer.json as a list of cutters.</summary>
internal static class PreTokenizerSteps
{
    public static void Read(JsonElement step, List<PieceCutter> cutters)
    {
        var type = step.GetProperty("type").GetString();
        switch (type)
        {
            case "Sequence":
                foreach (var inner in step.GetProperty("pretokenizers").EnumerateArray())
                {
                    Read(inner, cutters);
                }

                break;
            case "Split":
                cutters.Add(Split(step));
                break;
            case "Digits":
                cutters.Add(PieceCutter.Digits(TokenizerFile.Flag(step, "individual_digits")));
                break;
            case "ByteLevel":
                // Files older than the key mean true.
                var usesRegex = !step.TryGetProperty("use_regex", out var use) || use.GetBoolean();
                cutters.Add(PieceCutter.ByteLevel(TokenizerFile.Flag(step, "add_prefix_space"), usesRegex));
                break;
            default:
                TokenizerFile.Refuse(true, $"pre_tokenizer '{type}' (supported: Sequence, Split, Digits, ByteLevel)");
                break;
        }
    }

    private static PieceCutter Split(JsonElement step)
    {
        var behavior = step.GetProperty("behavior").GetString();
        var inverted = TokenizerFile.Flag(step, "invert");
        var keepsRest = behavior == "Isolated";
        TokenizerFile.Refuse(!keepsRest && !(behavior == "Removed" && inverted),
            $"Split with behavior '{behavior}', invert {inverted} (supported: Isolated; Removed with invert)");
        var pattern = step.GetProperty("pattern");
        return pattern.TryGetProperty("Regex", out var regex)
            ? PieceCutter.Split(regex.GetString()!, keepsRest)
            : PieceCutter.SplitLiteral(pattern.GetProperty("String").GetString()!);
    }
}
