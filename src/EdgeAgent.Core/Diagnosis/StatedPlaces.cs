using System.Text.RegularExpressions;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>
/// Whether the numbers behind a name are used as what they are: in "`Flow` fell to 27.1, normal 32.0, 6.3 sigma below" the
/// first is the flow's value, the second its normal level, and none of them could stand for another.
/// </summary>
internal static partial class StatedPlaces
{
    private static readonly (Func<Regex> Pattern, string What, Func<Evidence, double?> Number)[] Places =
    [
        (Values, "value", item => item.Value),
        (Normals, "normal level", item => item.Baseline),
        (Sigmas, "deviation", item => item.DeviationSigma),
    ];

    /// <param name="behind">The text from a name to the next.</param>
    /// <param name="items">What the name stands for; nothing is known of a name without items.</param>
    public static string? Problem(string behind, IReadOnlyList<Evidence> items)
    {
        if (items.Count == 0)
        {
            return null;
        }

        foreach (var (pattern, what, number) in Places)
        {
            foreach (Match match in pattern().Matches(behind))
            {
                var at = match.Groups[1].Index;
                var shown = ShownNumber.Read(behind, ref at);
                if (!items.Any(item => number(item) is { } value && shown.Shows(value)))
                {
                    return $"{shown.Text} is given as the {what} of '{items[0].Channel}', which it is not";
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"\b(?:rose|fell|is at|went up|went down|climbed|dropped)(?: to)? (?:minus |-)?(\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Values();

    [GeneratedRegex(@"\bnormal (?:minus |-)?(\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Normals();

    [GeneratedRegex(@"(?<![\d.,])(\d+(?:[.,]\d+)?) sigma\b", RegexOptions.CultureInvariant)]
    private static partial Regex Sigmas();
}
