namespace EdgeAgent.Core.Sampling;

/// <summary>How long to leave a sensor alone that fails: its own period at first, doubled with each failure in a row.</summary>
/// <param name="period">The time between two readings.</param>
public sealed class RetryPause(TimeSpan period)
{
    /// <summary>A sensor that is plugged in again is heard within this time, or its period if that is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan? _next;

    public void Reset() => _next = null;

    public TimeSpan Next()
    {
        var pause = _next ?? period;
        var doubled = pause * 2;
        _next = doubled < Longest ? doubled : Longest > period ? Longest : period;
        return pause;
    }
}
