namespace EdgeAgent.Pipeline;

/// <summary>
/// Waiting times between attempts to reach a broker: doubling up to a bound, of which a random half to whole is
/// waited, so that a plant's agents do not all come back in the same second.
/// </summary>
internal sealed class ReconnectBackoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int _failures;

    public TimeSpan Next()
    {
        var bound = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(_failures++, 16)));
        return TimeSpan.FromSeconds(bound * (0.5 + (0.5 * random.NextDouble())));
    }

    public void Reset() => _failures = 0;
}
