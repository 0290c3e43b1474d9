namespace EdgeAgent.Storage;

/// <summary>One stored message that no broker has acknowledged yet.</summary>
/// <param name="Position">Rises with every record; never reused.</param>
/// <param name="Id">The decision's or diagnosis's own id.</param>
/// <param name="Kind">"decision" or "diagnosis": the last level of its topic.</param>
/// <param name="Seq">The decision's sequence number; null for a diagnosis.</param>
/// <param name="MadeAtMs">Unix time in milliseconds.</param>
/// <param name="Body">The JSON as it was stored and will be sent.</param>
internal sealed record OutboxRecord(long Position, Guid Id, string Kind, long? Seq, long MadeAtMs, byte[] Body)
{
    public const string DecisionKind = "decision";
    public const string DiagnosisKind = "diagnosis";

    /// <summary>Messages of one alarm are sent in order; null for a notice.</summary>
    public string? Alarm { get; init; }

    /// <summary>False if there was no room for it, and all that there is ranks higher: it is counted as lost.</summary>
    public bool Kept { get; init; } = true;
}
