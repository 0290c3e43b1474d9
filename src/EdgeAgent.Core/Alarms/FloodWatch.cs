namespace EdgeAgent.Core.Alarms;

/// <summary>
/// Notices when sensor alarms come faster than anybody can read them (ISA-18.2: alarm flood). It begins when one more than
/// the limit comes within the window, and ends when no more than half the limit came within it.
/// </summary>
/// <param name="limit">0: there is no flood.</param>
internal sealed class FloodWatch(int limit, TimeSpan window)
{
    // The newest ones, one more than the limit at most: more are not needed to tell either end.
    private readonly Queue<TimeSpan> _raises = new();

    private bool _resumed;

    public bool IsOn { get; private set; }

    /// <summary>In this flood.</summary>
    public int Suppressed { get; private set; }

    /// <summary>One more alarm came.</summary>
    /// <param name="now">Monotonic, of the readings.</param>
    /// <returns>True if it is to be suppressed.</returns>
    public bool Raise(TimeSpan now)
    {
        if (limit == 0)
        {
            return false;
        }

        Forget(now);
        _raises.Enqueue(now);
        if (_raises.Count > limit + 1)
        {
            _raises.Dequeue();
        }

        IsOn |= _raises.Count > limit;
        Suppressed += IsOn ? 1 : 0;
        return IsOn;
    }

    /// <returns>How many were suppressed, when the flood has just ended.</returns>
    public int? End(TimeSpan now)
    {
        Forget(now);
        if (!IsOn || _raises.Count > limit / 2)
        {
            return null;
        }

        var suppressed = Suppressed;
        (IsOn, Suppressed) = (false, 0);
        return suppressed;
    }

    /// <summary>
    /// After a restart in a flood: it goes on, with its count. When its alarms came nobody knows any more in the time of these
    /// readings, so it ends one quiet window after the first of them.
    /// </summary>
    /// <param name="suppressed">0: there was none.</param>
    public void Resume(int suppressed) => (IsOn, _resumed, Suppressed) = (suppressed > 0, suppressed > 0, suppressed);

    private void Forget(TimeSpan now)
    {
        for (var i = 0; _resumed && i <= limit; i++)
        {
            _raises.Enqueue(now);
        }

        _resumed = false;
        while (_raises.TryPeek(out var oldest) && now - oldest >= window)
        {
            _raises.Dequeue();
        }
    }
}
