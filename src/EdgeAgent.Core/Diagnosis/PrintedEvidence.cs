using System.Globalization;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>One item of evidence with its numbers as text, the way the prompt and every explanation show them.</summary>
/// <param name="IsDominant">It is a defect line that has risen, and the strongest of its channel.</param>
public sealed record PrintedEvidence(
    Evidence Item, string Value, string Baseline, string Sigma, string? Onset, bool IsDominant = false)
{
    /// <summary>The texts of this item's numbers without their signs.</summary>
    public IEnumerable<string> Numbers => new[] { Value, Baseline, Sigma, Onset }.OfType<string>().Select(WithoutSign);

    public static PrintedEvidence From(Evidence item) => From(item, isDominant: false);

    public static PrintedEvidence From(Evidence item, bool isDominant)
    {
        var decimals = PrintedNumber.Decimals(item.Value, item.Baseline);
        return new PrintedEvidence(
            item,
            PrintedNumber.Format(item.Value, decimals),
            PrintedNumber.Format(item.Baseline, decimals),
            PrintedNumber.FormatSigma(item.DeviationSigma),
            item.Onset?.ToString(CultureInfo.InvariantCulture),
            isDominant);
    }

    /// <summary>
    /// The item's line in the prompt. The mean stays unnamed, as in version 1 of the vocabulary. A model is told which
    /// line dominates, because comparing numbers is what small models do worst.
    /// </summary>
    public override string ToString()
    {
        var statistic = Item.Statistic == Statistics.Mean ? "" : " " + Item.Statistic;
        var unit = Item.Unit.Length == 0 ? "" : " " + Item.Unit;
        var onset = Onset is null ? "" : $", onset {Onset} s";
        var dominant = IsDominant ? ", " + SignatureKey.Dominant : "";
        return $"`{Item.Channel}` ({Item.Role}){statistic} {Value}{unit}, normal {Baseline}, {Sigma} sigma, {Item.Trend}{onset}{dominant}";
    }

    public static string WithoutSign(string number) => number.TrimStart('+', '-');
}
