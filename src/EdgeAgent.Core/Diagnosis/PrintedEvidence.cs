using System.Globalization;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>One item of evidence with its numbers as text, the way the prompt and every explanation show them.</summary>
public sealed record PrintedEvidence(Evidence Item, string Value, string Baseline, string Sigma, string? Onset)
{
    /// <summary>The texts of this item's numbers without their signs.</summary>
    public IEnumerable<string> Numbers => new[] { Value, Baseline, Sigma, Onset }.OfType<string>().Select(Unsigned);

    public static PrintedEvidence From(Evidence item)
    {
        var decimals = PrintedNumber.Decimals(item.Value, item.Baseline);
        return new PrintedEvidence(
            item,
            PrintedNumber.Format(item.Value, decimals),
            PrintedNumber.Format(item.Baseline, decimals),
            PrintedNumber.FormatSigma(item.DeviationSigma),
            item.Onset?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The item's line in the prompt.</summary>
    public override string ToString()
    {
        var unit = Item.Unit.Length == 0 ? "" : " " + Item.Unit;
        var onset = Onset is null ? "" : $", onset {Onset} s";
        return $"`{Item.Channel}` ({Item.Role}) {Value}{unit}, normal {Baseline}, {Sigma} sigma, {Item.Trend}{onset}";
    }

    internal static string Unsigned(string number) => number.TrimStart('+', '-');
}
