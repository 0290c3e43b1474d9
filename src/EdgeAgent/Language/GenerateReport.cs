using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Inference.Language;
using EdgeAgent.Inference.Language.Decoding;

namespace EdgeAgent.Language;

/// <summary>What `generate` prints.</summary>
/// <param name="End">Why the text ended: "stop", "budget" or "deadline".</param>
/// <param name="TokensPerSecond">While writing, after the prompt was read.</param>
internal sealed record GenerateReport(
    string Text,
    IReadOnlyList<int> TokenIds,
    string End,
    int PromptTokens,
    long PromptMs,
    long WriteMs,
    double TokensPerSecond,
    ModelIdentity Model)
{
    public static GenerateReport Of(LanguageModel model, Generation made) => new(
        model.Tokens.Decode(made.Tokens),
        made.Tokens,
        JsonNamingPolicy.CamelCase.ConvertName(made.End.ToString()),
        made.PromptTokens,
        (long)made.ReadTime.TotalMilliseconds,
        (long)made.WriteTime.TotalMilliseconds,
        Math.Round(made.TokensPerSecond, 1),
        model.Identity);

    public string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Text}

        tokens: {string.Join(' ', TokenIds)}
        {TokenIds.Count} tokens after a prompt of {PromptTokens}, {TokensPerSecond:0.0} tokens/s, prompt read in {PromptMs} ms, ended by {End}
        """);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(GenerateReport))]
internal sealed partial class GenerateJson : JsonSerializerContext
{
    public static GenerateJson Readable { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
