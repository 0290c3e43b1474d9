namespace EdgeAgent.Core.Diagnosis;

/// <summary>What a language model answers: one line of JSON with exactly these three strings.</summary>
/// <param name="Fault">An id of the machine's fault library, or "unknown".</param>
/// <param name="Summary">One sentence, channels between backticks.</param>
/// <param name="Explanation">Two to four sentences, channels between backticks.</param>
public sealed record DiagnosisAnswer(string Fault, string Summary, string Explanation)
{
    public const int MaxSummaryLength = 120;
    public const int MaxExplanationLength = 400;
}
