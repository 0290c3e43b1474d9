namespace EdgeAgent.Core.Sampling;

/// <summary>Why a sensor gave no reading.</summary>
/// <param name="Why">In one line for a technician: what, where, and what to do about it if that is known.</param>
public sealed record ReadFault(ReadFaultKind Kind, string Why)
{
    /// <summary>How the kind is written in notices.</summary>
    public string Name => Kind switch
    {
        ReadFaultKind.Absent => "absent",
        ReadFaultKind.PermissionDenied => "permission-denied",
        ReadFaultKind.NoAnswer => "no-answer",
        ReadFaultKind.Timeout => "timeout",
        ReadFaultKind.ShortRead => "short-read",
        ReadFaultKind.BadChecksum => "bad-checksum",
        ReadFaultKind.WrongId => "wrong-id",
        ReadFaultKind.NotReady => "not-ready",
        ReadFaultKind.Refused => "refused",
        ReadFaultKind.BadData => "bad-data",
        _ => "bus-error",
    };
}
