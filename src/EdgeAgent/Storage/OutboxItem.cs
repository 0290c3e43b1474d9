using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Storage;

/// <summary>Something to store and send: a decision that still lacks its sequence number, or a finished diagnosis.</summary>
internal abstract record OutboxItem
{
    public sealed record ForDecision(Decision Decision) : OutboxItem;

    public sealed record ForDiagnosis(Diagnosis Diagnosis, string Severity) : OutboxItem;
}
