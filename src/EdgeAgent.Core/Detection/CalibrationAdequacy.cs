namespace EdgeAgent.Core.Detection;

/// <summary>Whether a calibration's data were long enough to know what is normal.</summary>
/// <param name="Verdict"><see cref="LongEnough"/> or <see cref="TooShort"/>.</param>
/// <param name="Reasons">Why it is too short, in plain words; empty if it is not.</param>
/// <param name="Seconds">Time that the normal windows cover.</param>
/// <param name="HeldBackFlagged">Share of the last 40% that the first 60% alone would have flagged, 0 to 1.</param>
/// <param name="WanderedMost">The channel whose level moved most from one part of the data to another; null where it was not measured.</param>
/// <param name="WanderedSigma">By how many standard deviations of the first part.</param>
/// <param name="SuggestedSeconds">How long to calibrate instead; null if it was long enough.</param>
public sealed record CalibrationAdequacy(
    string Verdict,
    IReadOnlyList<string> Reasons,
    double Seconds,
    double HeldBackFlagged,
    string? WanderedMost,
    double? WanderedSigma,
    double? SuggestedSeconds)
{
    public const string LongEnough = "long-enough";
    public const string TooShort = "too-short";

    public bool IsLongEnough => Verdict == LongEnough;
}
