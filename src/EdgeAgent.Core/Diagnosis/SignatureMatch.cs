namespace EdgeAgent.Core.Diagnosis;

/// <summary>How well faults explain evidence, judged by the directions that their signatures name.</summary>
internal sealed class SignatureMatch
{
    /// <summary>A channel this far from its normal level has moved.</summary>
    public const double MovedSigma = 3;

    /// <summary>A channel closer than this to its normal level is steady; between the two it leans.</summary>
    public const double SteadySigma = 2;

    /// <summary>What a fault has to reach to be named; "unknown" competes with this score.</summary>
    private const double ScoreNeeded = 1;

    /// <summary>A fault with this share of the best one's belief may still be the right one.</summary>
    private const double HalfAsGood = 0.5;

    private const double NearlyCertain = 0.9;

    private readonly List<Evidence> _strongestFirst;
    private readonly DominantLines _dominant;

    public SignatureMatch(FaultLibrary library, IEnumerable<Evidence> evidence)
    {
        _strongestFirst = [.. EvidencePrompt.Strongest(evidence)];
        _dominant = new DominantLines(_strongestFirst);
        var scores = library.Faults.Select(fault => (fault.Id, Score: Score(fault), IsSeen: IsSeen(fault)))
            .OrderByDescending(s => s.Score).ToList();
        var seen = scores.Where(s => s.IsSeen).ToList();

        // Faults of which nothing shows take their share of the belief, too: with them left out, "unknown" would be
        // certain whenever nothing moves, and an alarm with nothing to see is the least certain of all.
        var weightOfUnknown = Math.Exp(ScoreNeeded);
        var total = weightOfUnknown + scores.Sum(s => Math.Exp(s.Score));
        Ranked = [.. seen.Select(s => new FaultAlternative(s.Id, Math.Exp(s.Score) / total))];
        Best = seen.Count > 0 && seen[0].Score >= ScoreNeeded ? library.Find(seen[0].Id) : null;
        Confidence = Best is null ? weightOfUnknown / total : Ranked[0].Confidence;
    }

    /// <summary>The fault that fits best, or null if none fits well enough.</summary>
    public Fault? Best { get; }

    /// <summary>Share of the belief that goes to <see cref="Best"/>, or to "unknown".</summary>
    public double Confidence { get; }

    /// <summary>Every fault of which at least one sign is there, best first.</summary>
    public IReadOnlyList<FaultAlternative> Ranked { get; }

    /// <summary>
    /// Whether the evidence leaves a fault open: its share of the belief is at least half of the best fault's. "Unknown" is open
    /// only where no fault fits clearly.
    /// </summary>
    public bool LeavesOpen(string fault) => fault == Fault.Unknown
        ? Best is null || Confidence < NearlyCertain
        : Ranked.Any(share => share.Fault == fault && share.Confidence >= HalfAsGood * Ranked[0].Confidence);

    /// <summary>
    /// What a sign is judged by: the strongest deviation that its key names, and for a defect line one that dominates its
    /// channel, if there is any.
    /// </summary>
    public Evidence? Judged(string key)
    {
        var sought = SignatureKey.Parse(key);
        return _strongestFirst.Where(sought.Matches).OrderByDescending(_dominant.Has).FirstOrDefault();
    }

    public static Direction DirectionOf(double sigma) => Math.Abs(sigma) switch
    {
        >= MovedSigma => sigma > 0 ? Direction.Up : Direction.Down,
        >= SteadySigma => sigma > 0 ? Direction.SlightlyUp : Direction.SlightlyDown,
        _ => Direction.Steady,
    };

    /// <summary>Whether an item clearly does what a signature says.</summary>
    public bool Fits(string expected, Evidence item) => (expected, DirectionOf(item.DeviationSigma)) switch
    {
        ("up", Direction.Up) or ("down", Direction.Down) or ("steady", Direction.Steady) => true,
        (SignatureKey.Dominant, _) => _dominant.Has(item),
        _ => false,
    };

    private bool IsSeen(Fault fault) => fault.Signature.Any(sign =>
        sign.Value != "steady" && Judged(sign.Key) is { } item && Fits(sign.Value, item));

    private double Score(Fault fault)
    {
        var ofSigns = fault.Signature.Sum(sign => Points(sign.Value, Judged(sign.Key)));
        var roles = fault.Signature.Keys.Select(key => SignatureKey.Parse(key).Role).ToHashSet();

        // Once for each role: one cause moves most statistics of a channel together.
        var unexplained = _strongestFirst.Where(item => Math.Abs(item.DeviationSigma) >= MovedSigma && !roles.Contains(item.Role))
            .Select(item => item.Role).Distinct().Count();
        var hasUnnamedLine = _dominant.Risen.Any(line => !fault.Signature.Any(sign =>
            sign.Value == SignatureKey.Dominant && SignatureKey.Parse(sign.Key).Matches(line)));
        return ofSigns - (0.5 * unexplained) - (hasUnnamedLine ? 2 : 0);
    }

    /// <summary>
    /// A sign that shows counts most; one that is missing counts a little against the fault, because weak faults show
    /// in part; a move the wrong way nearly rules it out. A defect line that dominates tells more than any other sign, and
    /// speaks against faults that do not explain it; one that does not dominate leaves its part only one of several.
    /// </summary>
    private double Points(string expected, Evidence? item) => (expected, item is null ? default(Direction?) : DirectionOf(item.DeviationSigma)) switch
    {
        (SignatureKey.Dominant, Direction.Up) when _dominant.Has(item!) => 3,
        (SignatureKey.Dominant, Direction.Down) => -3,
        (SignatureKey.Dominant, _) => -1.5,
        (_, null) => 0,
        ("up", Direction.Up) or ("down", Direction.Down) => 2,
        ("up", Direction.SlightlyUp) or ("down", Direction.SlightlyDown) => 0.75,
        ("up" or "down", Direction.Steady) => -0.5,
        ("up", Direction.SlightlyDown) or ("down", Direction.SlightlyUp) => -1.5,
        ("up" or "down", _) => -3,
        ("steady", Direction.Steady) => 0.5,
        ("steady", Direction.SlightlyUp or Direction.SlightlyDown) => -0.25,
        ("steady", _) => -1.5,
        _ => 0,
    };
}
