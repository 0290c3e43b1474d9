using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Inference.Language.Constraints;

/// <summary>The shape of an answer to one prompt. Immutable.</summary>
internal sealed class AnswerRules(EvidencePrompt prompt)
{
    /// <summary>The ids to choose from; the last word is always "unknown".</summary>
    public ByteTrie Faults { get; } = new(prompt.FaultIds.Where(IsPlain).Except([Fault.Unknown]).Append(Fault.Unknown));

    public TextRules Text { get; } = new(prompt);

    /// <summary>What stands before the part, up to and with the quote that opens its string.</summary>
    public static ReadOnlySpan<byte> LeadOf(AnswerPart part) => part switch
    {
        AnswerPart.Fault => "{\"fault\":\""u8,
        AnswerPart.Summary => ",\"summary\":\""u8,
        AnswerPart.Explanation => ",\"explanation\":\""u8,
        _ => "}"u8,
    };

    public static int MaxLengthOf(AnswerPart part) =>
        part == AnswerPart.Summary ? DiagnosisAnswer.MaxSummaryLength : DiagnosisAnswer.MaxExplanationLength;

    private static bool IsPlain(string id) => id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
