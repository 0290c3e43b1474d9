namespace EdgeAgent.Storage;

/// <summary>Counts since the database was made.</summary>
/// <param name="Stored">Decisions and diagnoses that were committed.</param>
/// <param name="Delivered">Of these, acknowledged by a broker.</param>
/// <param name="Waiting">Of these, not yet acknowledged.</param>
/// <param name="Dead">Of these, refused by a broker for good.</param>
/// <param name="LastSeq">Sequence number of the newest decision.</param>
/// <param name="OldestWaitingMs">Unix time in milliseconds at which the oldest waiting one was made; null if none waits.</param>
internal sealed record OutboxStatus(long Stored, long Delivered, long Waiting, long Dead, long LastSeq, long? OldestWaitingMs)
{
    /// <summary>Stored, but neither delivered nor waiting nor dead: 0 unless something is badly wrong.</summary>
    public long Lost => Stored - Delivered - Waiting - Dead;
}
