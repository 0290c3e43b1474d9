namespace EdgeAgent.Core.Sampling;

/// <summary>
/// How often pulses come, by their own times:
/// <code>
///  pulses     |  |  |  |  |  |  |  |  |            |
///  asked          ·           ·           ·      ·      ·
///                    └───────────┘
///                 pulses / time, from the last pulse of one reading to the last one of the next
/// </code>
/// When a reading is asked for moves nothing, and however fast the pulses are no time is spent on each. Not thread-safe.
/// </summary>
/// <param name="stillAfter">No pulse for so long is standstill.</param>
public sealed class PulseRate(TimeSpan stillAfter)
{
    private TimeSpan? _begun;
    private TimeSpan? _last;
    private double _hz = double.NaN;

    /// <returns>Pulses per second; NaN until two pulses, or a standstill, have said it.</returns>
    public double Follow(EdgeReport edges)
    {
        _begun ??= edges.At;
        if (edges.Count > 0)
        {
            _hz = Between(edges);
            _last = edges.LastAt;
        }

        var quiet = edges.At - (_last ?? _begun.Value);
        if (quiet >= stillAfter)
        {
            _hz = 0;
            _last = null;
        }

        // Between two pulses of a shaft that slows down: it is at most so fast, or the next one had come.
        return Math.Min(_hz, 1 / Math.Max(quiet.TotalSeconds, 1e-9));
    }

    /// <summary>One pulse after a standstill says no rate: what was said before goes on.</summary>
    private double Between(EdgeReport edges)
    {
        var (pulses, time) = _last is { } before ? (edges.Count, edges.LastAt - before) : (edges.Between, edges.LastAt - edges.FirstAt);
        return pulses > 0 && time > TimeSpan.Zero ? pulses / time.TotalSeconds : _hz;
    }
}
