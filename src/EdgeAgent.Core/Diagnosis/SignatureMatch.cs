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

    private readonly Dictionary<string, Evidence> _strongestByRole;

    public SignatureMatch(FaultLibrary library, IEnumerable<Evidence> evidence)
    {
        _strongestByRole = EvidencePrompt.Strongest(evidence)
            .GroupBy(item => item.Role).ToDictionary(role => role.Key, role => role.First());
        var scores = library.Faults.Where(IsSeen).Select(fault => (fault.Id, Score: Score(fault)))
            .OrderByDescending(s => s.Score).ToList();
        var weightOfUnknown = Math.Exp(ScoreNeeded);
        var total = weightOfUnknown + scores.Sum(s => Math.Exp(s.Score));
        Ranked = [.. scores.Select(s => new FaultAlternative(s.Id, Math.Exp(s.Score) / total))];
        Best = scores.Count > 0 && scores[0].Score >= ScoreNeeded ? library.Find(scores[0].Id) : null;
        Confidence = Best is null ? weightOfUnknown / total : Ranked[0].Confidence;
    }

    /// <summary>The fault that fits best, or null if none fits well enough.</summary>
    public Fault? Best { get; }

    /// <summary>Share of the belief that goes to <see cref="Best"/>, or to "unknown".</summary>
    public double Confidence { get; }

    /// <summary>Every fault of which at least one sign is there, best first.</summary>
    public IReadOnlyList<FaultAlternative> Ranked { get; }

    public Evidence? Strongest(string role) => _strongestByRole.GetValueOrDefault(role);

    public static Direction DirectionOf(double sigma) => Math.Abs(sigma) switch
    {
        >= MovedSigma => sigma > 0 ? Direction.Up : Direction.Down,
        >= SteadySigma => sigma > 0 ? Direction.SlightlyUp : Direction.SlightlyDown,
        _ => Direction.Steady,
    };

    /// <summary>Whether a channel clearly does what a signature says.</summary>
    public static bool Fits(string expected, double sigma) => (expected, DirectionOf(sigma)) is
        ("up", Direction.Up) or ("down", Direction.Down) or ("steady", Direction.Steady);

    private bool IsSeen(Fault fault) =>
        fault.Signature.Any(sign => sign.Value != "steady"
            && Strongest(sign.Key) is { } item && Fits(sign.Value, item.DeviationSigma));

    private double Score(Fault fault) => _strongestByRole.Values.Sum(item =>
        Points(fault.Signature.GetValueOrDefault(item.Role), DirectionOf(item.DeviationSigma)));

    /// <summary>
    /// A sign that shows counts most; one that is missing counts a little against the fault, because weak faults show
    /// in part; a move the wrong way nearly rules it out.
    /// </summary>
    private static double Points(string? expected, Direction seen) => (expected, seen) switch
    {
        ("up", Direction.Up) or ("down", Direction.Down) => 2,
        ("up", Direction.SlightlyUp) or ("down", Direction.SlightlyDown) => 0.75,
        ("up" or "down", Direction.Steady) => -0.5,
        ("up", Direction.SlightlyDown) or ("down", Direction.SlightlyUp) => -1.5,
        ("up" or "down", _) => -3,
        ("steady", Direction.Steady) => 0.5,
        ("steady", Direction.SlightlyUp or Direction.SlightlyDown) => -0.25,
        ("steady", _) => -1.5,
        (_, Direction.Up or Direction.Down) => -0.5,
        _ => 0,
    };
}
