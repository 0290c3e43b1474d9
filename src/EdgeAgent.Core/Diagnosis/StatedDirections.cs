using System.Text.RegularExpressions;

namespace EdgeAgent.Core.Diagnosis;

/// <summary>
/// Finds what a text says about the way that the evidence moved, and what of it is not so. It reads words next to a name:
/// "`Flow` fell", "`DE` kurtosis is above normal", "a rise of `Flow`", "less flow at higher pressure". What a text only
/// supposes or denies ("a leak would lower the pressure", "`Flow` did not fall") it leaves alone.
/// </summary>
internal sealed partial class StatedDirections(IReadOnlyList<Evidence> evidence)
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly HashSet<string> Up = new(StringComparer.OrdinalIgnoreCase)
    {
        "rose", "risen", "rise", "rises", "rising", "raised", "increase", "increases", "increased", "increasing", "climbed",
        "climbs", "climbing", "grew", "grows", "growing", "higher", "high", "above", "up",
    };

    private static readonly HashSet<string> Down = new(StringComparer.OrdinalIgnoreCase)
    {
        "fell", "fallen", "fall", "falls", "falling", "dropped", "drop", "drops", "dropping", "decrease", "decreases", "decreased",
        "decreasing", "declined", "lower", "lowered", "low", "below", "down", "sank", "reduced",
    };

    /// <summary>Only in front of a name: behind it they speak of something else, as in "`Flow` needs more current".</summary>
    private static readonly Dictionary<string, int> Amounts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["more"] = 1,
        ["hotter"] = 1,
        ["warmer"] = 1,
        ["stronger"] = 1,
        ["less"] = -1,
        ["colder"] = -1,
        ["cooler"] = -1,
        ["weaker"] = -1,
    };

    private readonly IReadOnlyList<string> _statistics =
        [.. evidence.Select(item => Statistics.Words(item.Statistic)).Where(words => words.Length > 0).Distinct().OrderByDescending(words => words.Length)];

    private readonly IReadOnlyList<string> _channels =
        [.. evidence.Select(item => item.Channel).Where(name => name.Length > 0).Distinct().OrderByDescending(name => name.Length)];

    /// <summary>Null if all that is said is so, otherwise what is not.</summary>
    public string? Problem(string text) => Sentence().Split(text).Select(OfSentence).FirstOrDefault(problem => problem is not null);

    private string? OfSentence(string sentence)
    {
        var parts = sentence.Split('`');
        var together = new List<IReadOnlyList<Evidence>>();
        for (var i = 1; i < parts.Length; i += 2)
        {
            var (items, behind) = Named(parts[i], i + 1 < parts.Length ? parts[i + 1] : "");
            var problem = BeforeName(parts[i - 1], items) ?? NumberProblem(behind, items, parts[i]) ?? StatedPlaces.Problem(behind, items);
            if (problem is not null)
            {
                return problem;
            }

            // "`Flow` and `Pressure` fell" is said of both.
            together.Add(items);
            if (i + 2 < parts.Length && Joint().IsMatch(behind))
            {
                continue;
            }

            if (Behind(behind).FirstOrDefault(said => together.Any(all => Contradicts(all, said))).Word is { } word)
            {
                return $"'{word}' is said of '{parts[i]}', which went the other way";
            }

            together.Clear();
        }

        return OfRoles(sentence);
    }

    /// <summary>The items that a name stands for, and the text behind it and its statistic.</summary>
    private (IReadOnlyList<Evidence> Items, string Behind) Named(string channel, string behind)
    {
        var ofChannel = evidence.Where(item => item.Channel == channel).ToList();
        var words = _statistics.FirstOrDefault(statistic =>
            behind.StartsWith(" " + statistic, StringComparison.Ordinal)
            && (behind.Length == statistic.Length + 1 || !char.IsLetterOrDigit(behind[statistic.Length + 1])));
        return words is null
            ? (ofChannel, behind)
            : ([.. ofChannel.Where(item => Statistics.Words(item.Statistic) == words)], behind[(words.Length + 1)..]);
    }

    /// <summary>The first word of direction behind a name, up to the clause's end, and what stands by the sigmas.</summary>
    private static IEnumerable<Said> Behind(string behind)
    {
        var clause = Clause().Split(behind)[0];
        var words = Supposed().IsMatch(clause) ? [] : Word().Matches(clause).Select(match => Stated(match.Value)).OfType<Said>().Take(1);
        return words.Concat(BySigma().Matches(behind).Select(match => Stated(match.Groups[1].Value)).OfType<Said>());
    }

    /// <summary>"A rise of `Flow`", "the lower `Flow`".</summary>
    private static string? BeforeName(string before, IReadOnlyList<Evidence> items) =>
        Adjacent().Match(before) is { Success: true } match && !Supposed().IsMatch(before)
        && Amount(match.Groups[1].Value) is { } said && Contradicts(items, said)
            ? $"'{said.Word}' is said of '{items[0].Channel}', which went the other way"
            : null;

    /// <summary>A named statistic has numbers of its own; those of its channel's other statistics are not meant.</summary>
    private string? NumberProblem(string behind, IReadOnlyList<Evidence> items, string channel)
    {
        if (items.Count == 0 || items.Count == evidence.Count(item => item.Channel == channel))
        {
            return null;
        }

        return GroundingCheck.OfNumbers(items).Problem(behind) is { } problem
            ? $"of '{channel}' {Statistics.Words(items[0].Statistic)}: {problem}".Replace("  ", " ", StringComparison.Ordinal)
            : null;
    }

    /// <summary>"Less flow at higher pressure": roles stand for their levels.</summary>
    private string? OfRoles(string sentence)
    {
        // A channel may be called "Flow" and measure something else, or "Low pressure side".
        var unnamed = _channels.Aggregate(sentence, (text, name) => text.Replace(name, "it", StringComparison.Ordinal));
        foreach (var clause in Clause().Split(unnamed).Where(clause => !Supposed().IsMatch(clause)))
        {
            foreach (var role in evidence.Where(item => Statistics.IsLevel(item.Statistic)).GroupBy(item => item.Role))
            {
                var name = Regex.Escape(role.Key.Replace('-', ' '));
                var match = Regex.Match(
                    clause, $@"(?<![\w`-])(?:([A-Za-z]+) )?(?<!motor |fluid )\b{name}(?![\w`-])(?: (?:has |have |is |are |goes |went |builds )?([A-Za-z]+))?", Plain);
                var (before, behind) = (Amount(match.Groups[1].Value), Stated(match.Groups[2].Value));
                if ((before ?? behind) is { } said && Contradicts([.. role], said))
                {
                    var quoted = before is null ? $"{role.Key} {said.Word}" : $"{said.Word} {role.Key}";
                    return $"'{quoted}' is said, and no {role.Key} channel went that way";
                }
            }
        }

        return null;
    }

    private static Said? Stated(string word) => Up.Contains(word) ? new Said(word, 1) : Down.Contains(word) ? new Said(word, -1) : null;

    private static Said? Amount(string word) => Amounts.TryGetValue(word, out var way) ? new Said(word, way) : Stated(word);

    /// <summary>
    /// Whether the evidence went the other way beyond doubt: something left the steady band, and nothing did so this way.
    /// "Rising" may also speak of the trend.
    /// </summary>
    private static bool Contradicts(IReadOnlyList<Evidence> items, Said said)
    {
        var moved = items.Where(item => Math.Abs(item.DeviationSigma) >= SignatureMatch.SteadySigma).ToList();
        var isTrend = said.Word.EndsWith("ing", StringComparison.OrdinalIgnoreCase)
            && items.Any(item => item.Trend == (said.Way > 0 ? "rising" : "falling"));
        return moved.Count > 0 && !isTrend && !moved.Any(item => Math.Sign(item.DeviationSigma) == said.Way);
    }

    private readonly record struct Said(string Word, int Way);

    [GeneratedRegex(@"(?<=[.!?:;])\s+(?=[A-Z`])", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[,;:(]| (?:and|but|while|so|because|as|which|when|where|if|than)\b", Plain)]
    private static partial Regex Clause();

    [GeneratedRegex(@"^(?:\s*,)?\s+(?:and|or)\s+$|^\s*,\s*$", Plain)]
    private static partial Regex Joint();

    [GeneratedRegex(@"\b(?:would|could|might|may|should|must|can|not|no|never|without|neither|nor|cannot)\b", Plain)]
    private static partial Regex Supposed();

    [GeneratedRegex(@"\d sigma (above|below)\b", Plain)]
    private static partial Regex BySigma();

    [GeneratedRegex(@"([A-Za-z]+) (?:(?:of|in|at|on) )?(?:the )?$", Plain)]
    private static partial Regex Adjacent();

    [GeneratedRegex(@"[A-Za-z]+")]
    private static partial Regex Word();
}
