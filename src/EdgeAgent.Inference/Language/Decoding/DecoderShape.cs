using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeAgent.Inference.Language.Decoding;

/// <summary>What a decoder graph takes and gives, found in its own metadata.</summary>
/// <param name="Slots">Key and value of every layer.</param>
/// <param name="CacheType">Element type of the cache: float or float16.</param>
/// <param name="LogitsType">Element type of the logits: float or float16.</param>
internal sealed partial record DecoderShape(
    IReadOnlyList<CacheSlot> Slots,
    TensorElementType CacheType,
    TensorElementType LogitsType,
    bool TakesPositions)
{
    public const string InputIds = "input_ids";
    public const string AttentionMask = "attention_mask";
    public const string PositionIds = "position_ids";
    public const string Logits = "logits";

    public static bool TryFind(
        InferenceSession session,
        [NotNullWhen(true)] out DecoderShape? shape,
        [NotNullWhen(false)] out string? problem)
    {
        shape = null;
        var (inputs, outputs) = (session.InputMetadata, session.OutputMetadata);
        var slots = new List<CacheSlot>();
        problem = MissingInput(inputs) ?? UnknownInput(inputs) ?? ProblemOfLogits(outputs);
        foreach (var (past, metadata) in problem is null ? inputs.Where(input => PastName().IsMatch(input.Key)) : [])
        {
            var match = PastName().Match(past);
            var present = $"present.{match.Groups["layer"]}.{match.Groups["half"]}";
            problem ??= ProblemOfSlot(past, metadata, present, outputs);
            if (problem is null)
            {
                slots.Add(new CacheSlot(past, present, metadata.Dimensions[1], metadata.Dimensions[3]));
            }
        }

        problem ??= slots.Count == 0 || slots.Count % 2 != 0 ? "no pairs of past_key_values.N.key and past_key_values.N.value" : null;
        if (problem is not null)
        {
            return false;
        }

        var types = slots.Select(slot => inputs[slot.Past].ElementDataType).Distinct().ToList();
        problem = types.Count == 1 ? null : "a cache of mixed element types";
        shape = problem is null
            ? new DecoderShape(slots, types[0], outputs[Logits].ElementDataType, inputs.ContainsKey(PositionIds))
            : null;
        return shape is not null;
    }

    private static string? MissingInput(IReadOnlyDictionary<string, NodeMetadata> inputs) =>
        new[] { InputIds, AttentionMask }.FirstOrDefault(name => !inputs.ContainsKey(name)) is { } missing
            ? $"no input '{missing}'"
            : null;

    private static string? UnknownInput(IReadOnlyDictionary<string, NodeMetadata> inputs) =>
        inputs.FirstOrDefault(input => !PastName().IsMatch(input.Key)
            && !(input.Key is InputIds or AttentionMask or PositionIds && input.Value.ElementDataType == TensorElementType.Int64))
            is { Key: { } name } unknown
            ? string.Create(CultureInfo.InvariantCulture, $"the input '{name}' of {unknown.Value.ElementDataType}, which nothing feeds")
            : null;

    private static string? ProblemOfLogits(IReadOnlyDictionary<string, NodeMetadata> outputs) =>
        !outputs.TryGetValue(Logits, out var logits) ? $"no output '{Logits}'"
        : logits.ElementDataType is not (TensorElementType.Float or TensorElementType.Float16)
            ? $"logits of {logits.ElementDataType} (supported: Float, Float16)"
        : null;

    private static string? ProblemOfSlot(
        string past, NodeMetadata metadata, string present, IReadOnlyDictionary<string, NodeMetadata> outputs) =>
        metadata.Dimensions is not [_, > 0, _, > 0] ? $"'{past}' whose heads and head size are not fixed: [1, heads, past, size]"
        : metadata.ElementDataType is not (TensorElementType.Float or TensorElementType.Float16)
            ? $"'{past}' of {metadata.ElementDataType} (supported: Float, Float16)"
        : !outputs.ContainsKey(present) ? $"'{past}' without an output '{present}'"
        : null;

    [GeneratedRegex(@"^past_key_values\.(?<layer>\d+)\.(?<half>key|value)$", RegexOptions.CultureInvariant)]
    private static partial Regex PastName();
}
