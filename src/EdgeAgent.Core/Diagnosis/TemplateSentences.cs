namespace EdgeAgent.Core.Diagnosis;

/// <summary>The words of <see cref="TemplateExplainer"/> for one alarm.</summary>
internal sealed class TemplateSentences(IReadOnlyList<PrintedEvidence> items, SignatureMatch match, FaultLibrary library)
{
    private const int MaxDeviations = 3;

    private readonly List<PrintedEvidence> _moved =
    [
        .. items.Where(item => Math.Abs(item.Item.DeviationSigma) >= SignatureMatch.MovedSigma)
            .OrderBy(item => Rank(item.Item, match.Best)).Take(MaxDeviations),
    ];

    private readonly StatedDirections _directions = new([.. items.Select(item => item.Item)]);

    public string Summary()
    {
        if (items.Count == 0)
        {
            return "The alarm came without evidence from any channel.";
        }

        if (match.Best is null)
        {
            return _moved.Count == 0 ? $"No clear fault: {Change(items[0])}." : $"No listed fault fits: {Change(_moved[0])}.";
        }

        var strongestSign = _moved.FirstOrDefault(item => IsSign(item.Item, match.Best)) ?? items[0];
        return $"{Title(match.Best)}: {Change(strongestSign)}.";
    }

    public string Explanation() => string.Join(' ', new[] { Deviations(), Onsets(), Mechanism(), LookAlike() }.OfType<string>());

    private string Deviations() => _moved.Count switch
    {
        0 when items.Count == 0 => "No channel has a valid reading to judge by.",
        0 => $"No channel is far from its normal level; the largest deviation is {Distance(items[0])}.",
        1 => $"{Change(_moved[0])}, {Distance(_moved[0])}.",
        _ => string.Join(", ", _moved.SkipLast(1).Select(Change)) + $" and {Change(_moved[^1])}.",
    };

    private string? Onsets()
    {
        var started = _moved.Where(item => item.Item.Onset is not null).OrderByDescending(item => item.Item.Onset).ToList();
        return started switch
        {
            [] => null,
            [var first, var second, ..] when second.Item.Onset < first.Item.Onset =>
                $"{Name(first.Item)} left its normal band first, {first.Onset} s before the alarm, "
                + $"then {Name(second.Item)} at {second.Onset} s.",
            [var first, _, ..] =>
                $"{Name(first.Item)} was among the first to leave its normal band, {first.Onset} s before the alarm.",
            [var only] => $"{Name(only.Item)} left its normal band {only.Onset} s before the alarm.",
        };
    }

    private string Mechanism()
    {
        if (match.Best is null)
        {
            return _moved.Count == 0 ? "So nothing points to a listed fault." : "This pattern fits none of the listed faults.";
        }

        var signs = match.Best.Signature
            .Where(sign => match.Judged(sign.Key) is { } item && match.Fits(sign.Value, item))
            .Select(sign => $"{SignatureKey.Parse(sign.Key)} {sign.Value}");
        var fitting = $"It fits this fault's signs: {string.Join(", ", signs)}.";
        return SaysMore(match.Best.Description) ? fitting : $"{match.Best.Description} {fitting}";
    }

    /// <summary>What tells the best fault from the next one, or that nothing does.</summary>
    private string? LookAlike()
    {
        if (match.Best is null || match.Ranked.FirstOrDefault(other => other.Fault != match.Best.Id) is not { } next
            || library.Find(next.Fault) is not { } other)
        {
            return null;
        }

        var against = other.Signature.FirstOrDefault(sign => match.Best.Signature.GetValueOrDefault(sign.Key) != sign.Value
            && match.Judged(sign.Key) is { } item && !match.Fits(sign.Value, item));
        if (against.Key is null && Line(match.Best) is { } line)
        {
            return $"{Title(other)} is less likely, as it would not make {Name(line)} the strongest defect line.";
        }

        return against.Key is null
            ? $"{Title(other)} stays possible: no channel tells the two apart."
            : $"{Title(other)} is less likely, as {Name(match.Judged(against.Key)!)} {IsNot(against.Value)}.";
    }

    /// <summary>The defect line that speaks for the fault; null if it has none or another dominates.</summary>
    private Evidence? Line(Fault fault) => fault.Signature.Where(sign => sign.Value == SignatureKey.Dominant)
        .Select(sign => match.Judged(sign.Key)).FirstOrDefault(item => item is not null && match.Fits(SignatureKey.Dominant, item));

    private static string IsNot(string expected) => expected switch
    {
        "up" => "did not rise",
        "down" => "did not fall",
        SignatureKey.Dominant => "is not the strongest defect line",
        _ => "did not stay at its normal level",
    };

    private static string Change(PrintedEvidence item)
    {
        var verb = SignatureMatch.DirectionOf(item.Item.DeviationSigma) switch
        {
            Direction.Up => "rose to",
            Direction.Down => "fell to",
            _ => "is at",
        };
        var unit = item.Item.Unit.Length == 0 || item.Item.Unit.Contains('`') ? "" : " " + item.Item.Unit;
        return $"{Name(item.Item)} {verb} {item.Value}{unit} (normal {item.Baseline}{unit})";
    }

    private static string Distance(PrintedEvidence item) =>
        $"{PrintedEvidence.WithoutSign(item.Sigma)} sigma {(item.Item.DeviationSigma < 0 ? "below" : "above")} the normal level"
        + (Math.Abs(item.Item.DeviationSigma) >= SignatureMatch.MovedSigma ? "" : $" of {Name(item.Item)}");

    private static string Name(Evidence item)
    {
        var channel = item.Channel.Contains('`') ? $"the {item.Role} channel" : $"`{item.Channel}`";
        return $"{channel} {Statistics.Words(item.Statistic)}".TrimEnd();
    }

    /// <summary>
    /// The line that tells which part is damaged comes first. Of one channel's many statistics, those that the fault's
    /// signature names come before the others; a mean stands for its channel as a whole and keeps its place.
    /// </summary>
    private static int Rank(Evidence item, Fault? best) => item.Statistic == Statistics.Mean || best is null ? 1
        : !IsSign(item, best) ? 2
        : Statistics.IsDefectLine(item.Statistic) ? 0 : 1;

    private static bool IsSign(Evidence item, Fault fault) =>
        fault.Signature.Keys.Any(key => SignatureKey.Parse(key).Matches(item));

    /// <summary>A title that holds digits, such as "Bearing 2 worn", would read as a number that no sensor gave.</summary>
    private string Title(Fault fault) => SaysMore(fault.Title) ? "A listed fault" : fault.Title;

    /// <summary>The library speaks of its faults in general; here its words would read as what this alarm showed.</summary>
    private bool SaysMore(string text) =>
        text.Length == 0 || text.Contains('`') || text.Any(char.IsNumber) || _directions.Problem(text) is not null;
}
