using System.Text.RegularExpressions;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>
/// Makes the diagnosis of an alarm from a model's answer, or from the template where the answer is missing, does not
/// parse, says something that the evidence does not, or names a fault against which the evidence speaks. Always gives a diagnosis.
/// </summary>
public static partial class DiagnosisComposer
{
    private const string Language = "en";

    public static ComposedDiagnosis Compose(DiagnosisSubject subject, ModelOutcome outcome, TimeSpan latency)
    {
        var check = new GroundingCheck(subject.Evidence);
        if (outcome.Answer is not { } answer)
        {
            return FromTemplate(subject, check, latency, outcome.Reason!);
        }

        var ids = subject.Library.Faults.Select(fault => fault.Id).ToList();
        if (!DiagnosisAnswerReader.TryParse(answer.Text, ids, out var parsed, out var reason))
        {
            return FromTemplate(subject, check, latency, reason);
        }

        if (new[] { parsed.Summary, parsed.Explanation }.FirstOrDefault(text => BrokenOff().IsMatch(text)) is { } broken)
        {
            return FromTemplate(subject, check, latency, $"the text breaks off: \"…{broken[^Math.Min(broken.Length, 20)..]}\"");
        }

        if (Problem(check, parsed) is { } problem)
        {
            return FromTemplate(subject, check, latency, problem);
        }

        if (!new SignatureMatch(subject.Library, subject.Evidence).LeavesOpen(parsed.Fault))
        {
            return FromTemplate(subject, check, latency, parsed.Fault == Fault.Unknown ? "the evidence is clear, and the answer was \"unknown\"" : $"the evidence speaks against {parsed.Fault}");
        }

        var verdict = new DiagnosisVerdict(parsed, Share(answer.Confidence), DiagnosisVerdict.Likely(
            answer.Alternatives.Where(other => ids.Contains(other.Fault))
                .Select(other => other with { Confidence = Share(other.Confidence) }),
            parsed.Fault));
        return new ComposedDiagnosis(
            Build(subject, verdict, Diagnosis.AuthorModel, grounded: true, latency, answer.Model), TemplateReason: null);
    }

    private static ComposedDiagnosis FromTemplate(
        DiagnosisSubject subject, GroundingCheck check, TimeSpan latency, string reason)
    {
        var verdict = TemplateExplainer.Explain(subject.Evidence, subject.Library);
        var grounded = Problem(check, verdict.Answer) is null;
        return new ComposedDiagnosis(Build(subject, verdict, Diagnosis.AuthorTemplate, grounded, latency, model: null), reason);
    }

    /// <summary>Both with the backticks, which tell where a channel is meant, and as people will read it.</summary>
    private static string? Problem(GroundingCheck check, DiagnosisAnswer answer) =>
        check.Problem(answer.Summary) ?? check.Problem(Plain(answer.Summary))
        ?? check.Problem(answer.Explanation) ?? check.Problem(Plain(answer.Explanation));

    private static Diagnosis Build(
        DiagnosisSubject subject, DiagnosisVerdict verdict, string author, bool grounded, TimeSpan latency,
        ModelIdentity? model) =>
        new(Diagnosis.CurrentSchema, subject.Id, subject.AlarmId, subject.DecisionId,
            verdict.Answer.Fault, Shown(verdict.Confidence),
            [.. verdict.Alternatives.Select(other => other with { Confidence = Shown(other.Confidence) })],
            Plain(verdict.Answer.Summary), Plain(verdict.Answer.Explanation),
            subject.Library.Find(verdict.Answer.Fault)?.Actions ?? [],
            Language, author, grounded, (long)latency.TotalMilliseconds, model);

    /// <summary>Backticks mark channels for the check; people read them without.</summary>
    private static string Plain(string text) => text.Replace("`", "", StringComparison.Ordinal);

    private static double Share(double confidence) => double.IsNaN(confidence) ? 0 : Math.Clamp(confidence, 0, 1);

    private static double Shown(double confidence) => Math.Round(confidence, 3);

    /// <summary>What is left when decoding barred every way to go on, or the length was used up in the middle of a clause.</summary>
    [GeneratedRegex(@"\d\.\.|\b(?:to|from|and|at|with|the|but|then)[\s.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex BrokenOff();
}
