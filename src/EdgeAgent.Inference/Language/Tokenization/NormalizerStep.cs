using System.Text.Json;

namespace EdgeAgent.Inference.Language.Tokenization;

/// <summary>The normalizer of a tokenizer.json: none, or Unicode's composed form.</summary>
internal static class NormalizerStep
{
    /// <summary>Whether text is brought into form C before it is cut.</summary>
    public static bool Read(JsonElement root)
    {
        if (!root.TryGetProperty("normalizer", out var step) || step.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        var type = step.GetProperty("type").GetString();
        TokenizerFile.Refuse(type != "NFC", $"normalizer '{type}' (supported: NFC)");
        return true;
    }
}
