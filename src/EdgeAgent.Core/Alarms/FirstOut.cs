namespace EdgeAgent.Core.Alarms;

/// <summary>
/// Marks the first alarm of a burst: what came first is often the cause, and what follows its consequence. A burst goes on
/// while each alarm comes soon enough after the one before.
/// </summary>
/// <param name="within">Zero: nothing is marked.</param>
internal sealed class FirstOut(TimeSpan within)
{
    private TimeSpan? _last;
    private Guid _first;

    /// <param name="now">Monotonic, of the readings.</param>
    /// <returns>What the raising decision says about it; null if nothing.</returns>
    public IReadOnlyDictionary<string, string>? Raise(Guid alarm, TimeSpan now)
    {
        if (within == TimeSpan.Zero)
        {
            return null;
        }

        var follows = now - _last <= within;
        _last = now;
        if (follows)
        {
            return new Dictionary<string, string> { ["firstOut"] = "false", ["firstOutAlarm"] = _first.ToString() };
        }

        _first = alarm;
        return new Dictionary<string, string> { ["firstOut"] = "true" };
    }
}
