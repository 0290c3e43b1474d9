namespace EdgeAgent.Core.Diagnosis;

/// <summary>An answer with what its author believes of it. Texts still carry backticks around channels.</summary>
public sealed record DiagnosisVerdict(DiagnosisAnswer Answer, double Confidence, IReadOnlyList<FaultAlternative> Alternatives)
{
    /// <summary>An alternative below this share is not worth a technician's time.</summary>
    public const double LeastConfidence = 0.05;

    public const int MaxAlternatives = 3;

    /// <summary>Keeps the likely ones of <paramref name="shares"/>, without the chosen fault and without "unknown".</summary>
    public static IReadOnlyList<FaultAlternative> Likely(IEnumerable<FaultAlternative> shares, string chosen) =>
    [
        .. shares.Where(share => share.Fault != chosen && share.Fault != Fault.Unknown && share.Confidence >= LeastConfidence)
            .OrderByDescending(share => share.Confidence)
            .Take(MaxAlternatives),
    ];
}
