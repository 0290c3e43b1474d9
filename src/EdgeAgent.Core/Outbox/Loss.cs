namespace EdgeAgent.Core.Outbox;

/// <summary>Records of one severity that were thrown away for one reason.</summary>
/// <param name="Reason">One of <see cref="LossReason"/>.</param>
/// <param name="FirstSeq">Lowest sequence number among the lost decisions; null if none of them had one.</param>
/// <param name="FirstMs">When the oldest was made, Unix milliseconds by the device's clock.</param>
public sealed record Loss(string Reason, string Severity, long Count, long? FirstSeq, long? LastSeq, long FirstMs, long LastMs)
{
    public Loss With(Loss other) => this with
    {
        Count = Count + other.Count,
        FirstSeq = FirstSeq is { } first && other.FirstSeq is { } earlier ? Math.Min(first, earlier) : FirstSeq ?? other.FirstSeq,
        LastSeq = LastSeq is { } last && other.LastSeq is { } later ? Math.Max(last, later) : LastSeq ?? other.LastSeq,
        FirstMs = Math.Min(FirstMs, other.FirstMs),
        LastMs = Math.Max(LastMs, other.LastMs),
    };
}
