using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>Reads a model's output as a <see cref="DiagnosisAnswer"/>.</summary>
public static class DiagnosisAnswerReader
{
    /// <summary>Never throws: a bad answer is a reason in plain words.</summary>
    public static bool TryParse(
        string text,
        IReadOnlyCollection<string> faultIds,
        [NotNullWhen(true)] out DiagnosisAnswer? answer,
        [NotNullWhen(false)] out string? reason)
    {
        answer = null;
        if (!TryReadStrings(text, out var fields, out reason))
        {
            return false;
        }

        var (fault, summary, explanation) = (fields["fault"], fields["summary"], fields["explanation"]);
        reason = fault != Fault.Unknown && !faultIds.Contains(fault) ? $"the fault '{fault}' is not in the list"
            : TextProblem("summary", summary, DiagnosisAnswer.MaxSummaryLength)
                ?? TextProblem("explanation", explanation, DiagnosisAnswer.MaxExplanationLength);
        if (reason is not null)
        {
            return false;
        }

        answer = new DiagnosisAnswer(fault, summary, explanation);
        return true;
    }

    private static bool TryReadStrings(
        string text, out Dictionary<string, string> fields, [NotNullWhen(false)] out string? reason)
    {
        fields = [];
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                reason = "the answer is not a JSON object";
                return false;
            }

            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name is not ("fault" or "summary" or "explanation")
                    || property.Value.ValueKind != JsonValueKind.String
                    || !fields.TryAdd(property.Name, property.Value.GetString()!))
                {
                    reason = $"the answer's key '{property.Name}' is unexpected, repeated or not a string";
                    return false;
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped half of a surrogate pair is JSON, but no text.
            reason = "the answer is not JSON";
            return false;
        }

        reason = fields.Count == 3 ? null : "the answer lacks fault, summary or explanation";
        return reason is null;
    }

    private static string? TextProblem(string name, string text, int limit) =>
        string.IsNullOrWhiteSpace(text) ? $"the {name} is empty"
        : text.Length > limit ? $"the {name} has {text.Length} characters, at most {limit} are allowed"
        : text.Any(char.IsControl) ? $"the {name} contains a control character"
        : null;
}
