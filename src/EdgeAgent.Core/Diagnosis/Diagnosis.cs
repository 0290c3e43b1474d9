using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>The explanation of an alarm, as it is published and stored.</summary>
/// <param name="Schema">Always <see cref="CurrentSchema"/>.</param>
/// <param name="Id">UUIDv7, unique per diagnosis.</param>
/// <param name="AlarmId">The alarm that it explains.</param>
/// <param name="DecisionId">The decision that raised the alarm.</param>
/// <param name="Fault">An id of the machine's fault library, or "unknown".</param>
/// <param name="Confidence">The author's belief in <paramref name="Fault"/>, between 0 and 1.</param>
/// <param name="Alternatives">Other faults worth a look, most likely first.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Explanation">A few sentences.</param>
/// <param name="Actions">What to do, word for word from the fault library; empty for "unknown".</param>
/// <param name="Language">Of the texts: "en".</param>
/// <param name="Author">"model" or "template".</param>
/// <param name="Grounded">Every number, channel and time in the texts occurs in the evidence.</param>
/// <param name="LatencyMs">From the request for an explanation to this diagnosis.</param>
/// <param name="Model">The model that wrote it; null for the template.</param>
public sealed record Diagnosis(
    string Schema,
    Guid Id,
    Guid AlarmId,
    Guid DecisionId,
    string Fault,
    double Confidence,
    IReadOnlyList<FaultAlternative> Alternatives,
    string Summary,
    string Explanation,
    IReadOnlyList<string> Actions,
    string Language,
    string Author,
    bool Grounded,
    long LatencyMs,
    ModelIdentity? Model)
{
    public const string CurrentSchema = "edgeagent/diagnosis/1";
    public const string AuthorModel = "model";
    public const string AuthorTemplate = "template";
}
