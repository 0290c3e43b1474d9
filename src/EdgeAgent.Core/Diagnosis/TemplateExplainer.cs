namespace EdgeAgent.Core.Diagnosis;

/// <summary>
/// Explains an alarm without a model: compares the evidence with the fault library's signatures and fills sentences in. The
/// same evidence always gives the same words, and they hold nothing that is not in the evidence or the library.
/// </summary>
public static class TemplateExplainer
{
    public static DiagnosisVerdict Explain(IEnumerable<Evidence> evidence, FaultLibrary library)
    {
        var all = evidence.ToList();
        var match = new SignatureMatch(library, all);
        var sentences = new TemplateSentences(EvidencePrompt.Printed(all), match, library);
        var fault = match.Best?.Id ?? Fault.Unknown;
        return new DiagnosisVerdict(
            new DiagnosisAnswer(fault, sentences.Summary(), sentences.Explanation()),
            match.Confidence,
            DiagnosisVerdict.Likely(match.Ranked, fault));
    }
}
