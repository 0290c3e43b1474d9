namespace EdgeAgent.Pipeline;

/// <summary>
/// Waiting times between attempts to reach a broker: doubling up to a bound, of which a random half to whole is
/// waited, so that a plant's agents do not all come back in the same second. A broker that wants to be left alone (banned,
/// over its quota, another client with the same id) is left alone for longer.
/// </summary>
internal sealed class ReconnectBackoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAfterShortLife = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstAway = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAway = TimeSpan.FromMinutes(5);

    /// <summary>A connection that ends earlier may have been taken from us: two clients with the same id do that to each other.</summary>
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(30);

    /// <summary>A broker that asked to be left alone is believed to have changed its mind after this time.</summary>
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(10);

    private int _failures;

    /// <summary>Connections in a row that did not last.</summary>
    public int ShortLives { get; private set; }

    /// <summary>After an attempt that failed.</summary>
    /// <param name="unwelcome">The broker asked to be left alone.</param>
    public TimeSpan AfterFailure(bool unwelcome) =>
        unwelcome ? Pause(FirstAway, LongestAway, _failures++) : Pause(First, Longest, _failures++);

    /// <summary>After a connection that was lost.</summary>
    public TimeSpan AfterLoss(TimeSpan life, bool unwelcome)
    {
        if (unwelcome && life < LongLife)
        {
            return AfterFailure(unwelcome: true);
        }

        _failures = 0;
        ShortLives = life < ShortLife ? ShortLives + 1 : 0;
        return Pause(First, LongestAfterShortLife, Math.Max(0, ShortLives - 1));
    }

    private TimeSpan Pause(TimeSpan first, TimeSpan longest, int doublings)
    {
        var bound = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, Math.Min(doublings, 16)));
        return TimeSpan.FromSeconds(bound * (0.5 + (0.5 * random.NextDouble())));
    }
}
