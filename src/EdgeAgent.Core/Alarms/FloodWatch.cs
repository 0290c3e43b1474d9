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

    /// <summary>After a restart: alarms that were suppressed still stand, so their flood has not been told to be over.</summary>
    public void Resume(int suppressed) => (IsOn, Suppressed) = (suppressed > 0, suppressed);

    private void Forget(TimeSpan now)
    {
        while (_raises.TryPeek(out var oldest) && now - oldest >= window)
        {
            _raises.Dequeue();
        }
    }
}
