namespace EdgeAgent.Storage;

/// <summary>Counts since the database was made.</summary>
/// <param name="Stored">Decisions and diagnoses that were committed.</param>
/// <param name="Delivered">Of these, acknowledged by a broker.</param>
/// <param name="Waiting">Of these, not yet acknowledged.</param>
/// <param name="Dead">Of these, refused by a broker for good.</param>
/// <param name="LastSeq">Sequence number of the newest decision.</param>
/// <param name="OldestWaitingMs">Unix time in milliseconds at which the oldest waiting one was made; null if none waits.</param>
/// <param name="Evicted">Of the stored ones, thrown away by quota or age; `records-lost` tells of them.</param>
/// <param name="Drained">Of the stored ones, taken out by `outbox drain`.</param>
/// <param name="Damaged">Of the stored ones, not readable any more when the database was found damaged.</param>
/// <param name="Bytes">What waits and the dead letters, as it counts against the quota.</param>
internal sealed record OutboxStatus(
    long Stored, long Delivered, long Waiting, long Dead, long LastSeq, long? OldestWaitingMs, long Evicted, long Drained, long Damaged, long Bytes)
{
    /// <summary>Stored, and nothing says what became of it: 0 unless something is badly wrong.</summary>
    public long Lost => Stored - Delivered - Waiting - Dead - Evicted - Drained - Damaged;

    /// <summary>What the agent has written to the disk while it ran, log and states included; null where the kernel does not tell.</summary>
    public long? WrittenBytes { get; init; }

    /// <summary>For how long that was measured.</summary>
    public long? WrittenSeconds { get; init; }

    /// <summary>null before an hour was measured: less says nothing about a day.</summary>
    public long? BytesWrittenPerDay =>
        WrittenSeconds >= 3600 ? (long)(WrittenBytes!.Value * 86400.0 / WrittenSeconds.Value) : null;
}
