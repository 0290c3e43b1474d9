using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;

namespace EdgeAgent.Storage;

/// <summary>Words a notice about the outbox itself as a decision.</summary>
internal delegate Decision OutboxNotice(string code, Severity severity, IReadOnlyDictionary<string, string> data);

/// <summary>What the outbox may hold, and how it tells of what it could not.</summary>
internal sealed record OutboxSettings
{
    public static OutboxSettings Default { get; } = new();

    /// <summary>Bodies and what belongs to them; the dead letters count too.</summary>
    public long MaxBytes { get; init; } = 50L << 20;

    /// <summary>null = a record waits for ever.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>null = losses are added up until somebody opens the outbox who can tell them.</summary>
    public OutboxNotice? Notice { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
