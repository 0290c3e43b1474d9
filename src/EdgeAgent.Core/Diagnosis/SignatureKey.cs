namespace EdgeAgent.Core.Diagnosis;

/// <summary>What a sign of a fault looks at: "vibration", which is the role's level, or "vibration/bpfo".</summary>
/// <param name="Statistic">null for the level.</param>
public readonly record struct SignatureKey(string Role, string? Statistic)
{
    /// <summary>A defect line that has risen and is the strongest of its channel.</summary>
    public const string Dominant = "dominant";

    private const char Separator = '/';

    /// <summary>Every key that a fault library may use.</summary>
    public static IEnumerable<string> AllOf(IEnumerable<string> roles)
    {
        var known = roles.ToList();
        return known.Concat(known.SelectMany(role => Statistics.All.Select(statistic => $"{role}{Separator}{statistic}")));
    }

    public static SignatureKey Parse(string text) => text.IndexOf(Separator, StringComparison.Ordinal) is var at && at < 0
        ? new SignatureKey(text, null)
        : new SignatureKey(text[..at], text[(at + 1)..]);

    public bool Matches(Evidence item) =>
        item.Role == Role && (Statistic is null ? Statistics.IsLevel(item.Statistic) : item.Statistic == Statistic);

    /// <summary>The key in words, without digits.</summary>
    public override string ToString()
    {
        var words = Statistics.Words(Statistic ?? Statistics.Mean);
        return $"{Role.Replace('-', ' ')} {words}".TrimEnd();
    }
}
