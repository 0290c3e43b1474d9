using System.Globalization;

namespace EdgeAgent.Core.Detection;

/// <summary>
/// Judges whether a calibration's data were long enough. The three limits were chosen on one healthy recording of a real
/// pump; docs/calibration.md shows what the verdict foretells there and what it misses.
/// </summary>
public static class AdequacyRule
{
    /// <summary>What a slow reference has not lived through several times over, its limits cannot know.</summary>
    public const double Memories = 12;

    /// <summary>More than this share of held-back windows flagged: the machine was still going somewhere else.</summary>
    public const double MostFlagged = 0.02;

    /// <summary>Held-back windows that are worth fewer independent ones than this say nothing about a tail.</summary>
    public const double FewestIndependent = 5;

    private const double SuggestedMemories = 20;
    private const double WholeMinutes = 600;

    public static CalibrationAdequacy Judge(AdequacyFacts facts)
    {
        var reasons = new List<string>();
        if (facts.Seconds < Memories * facts.MemorySeconds)
        {
            reasons.Add(Text($"{Minutes(facts.Seconds)} of data are less than {Memories:0} times the {facts.MemorySeconds:0} s that the model remembers"));
        }

        if (facts.HeldBackFlagged > MostFlagged)
        {
            reasons.Add(Text($"{100 * facts.HeldBackFlagged:0.0}% of the last 40% looked strange to the first 60%{Raised(facts)}"));
        }

        if (facts.Threshold.EffectiveSamples < FewestIndependent)
        {
            reasons.Add(Text($"the held-back windows are worth only {facts.Threshold.EffectiveSamples:0.0} independent ones"));
        }

        if (reasons.Count > 0 && facts is { WanderedMost: { } channel, WanderedSigma: { } sigma })
        {
            reasons.Add(Text($"{channel} wandered most: {sigma:0.0} sigma from one part of the data to another"));
        }

        return new CalibrationAdequacy(
            reasons.Count == 0 ? CalibrationAdequacy.LongEnough : CalibrationAdequacy.TooShort,
            reasons, facts.Seconds, facts.HeldBackFlagged, facts.WanderedMost, facts.WanderedSigma, reasons.Count == 0 ? null : Suggested(facts));
    }

    private static string Raised(AdequacyFacts facts) => facts.Threshold.Threshold > facts.Minimum
        ? Text($", so the threshold had to be {facts.Threshold.Threshold / facts.Minimum:0.0} times the model's") : "";

    /// <summary>At least twice as long, in steps of ten minutes.</summary>
    private static double Suggested(AdequacyFacts facts) =>
        Math.Ceiling(Math.Max(2 * facts.Seconds, SuggestedMemories * facts.MemorySeconds) / WholeMinutes) * WholeMinutes;

    private static string Minutes(double seconds) => seconds < 120 ? Text($"{seconds:0} s") : Text($"{seconds / 60:0.#} min");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
