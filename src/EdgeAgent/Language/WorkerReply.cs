using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Language;

/// <summary>A line that a worker writes: the answer to one request, or why there is none.</summary>
/// <param name="Id">The request's; 0 if it could not be read.</param>
/// <param name="Answer">The model's line of JSON; null without one.</param>
/// <param name="Alternatives">The model's probability of each fault.</param>
/// <param name="Error">Why there is no answer; null with one.</param>
/// <param name="Tokens">Tokens written.</param>
internal sealed record WorkerReply(
    long Id,
    bool Ok,
    string? Answer,
    double Confidence,
    IReadOnlyList<FaultAlternative>? Alternatives,
    string? Error,
    int Tokens,
    long LatencyMs);
