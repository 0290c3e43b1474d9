using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;

namespace EdgeAgent.Storage;

/// <summary>Something to store and send: a decision that still lacks its sequence number, or a finished diagnosis.</summary>
internal abstract record OutboxItem
{
    /// <summary>Its number in the alarm journal, by which the outbox remembers that it took it; 0 = it is not in the journal.</summary>
    public long Journal { get; init; }

    /// <summary>When it came to be stored, by the monotonic clock; null = at its commit. A disk that refuses may lie between the two.</summary>
    public long? Taken { get; init; }

    /// <param name="Alarm">null for what is no alarm.</param>
    public sealed record ForDecision(Decision Decision, AlarmEntry? Alarm = null) : OutboxItem;

    public sealed record ForDiagnosis(Diagnosis Diagnosis, string Severity) : OutboxItem;

    /// <summary>For the alarm journal alone; never reaches the outbox.</summary>
    public sealed record ForState(AlarmEntry Alarm) : OutboxItem;
}
