using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Iio;

/// <summary>
/// Turns a driver's time stamps, which are of one of the kernel's clocks, into the agent's own timestamps. The two clocks are looked at
/// together, and their difference is taken anew only when it has changed by more than that look is worth: being interrupted between
/// them must not move the samples. Not thread-safe.
/// </summary>
internal sealed unsafe class StampClock
{
    private const int Looks = 5;
    private const long GoodLook = 20_000;

    /// <summary>More than a clock that is only pulled can change between two looks.</summary>
    private const long Set = 1_000_000;

    private readonly int _clock;
    private readonly TimeProvider _time;
    private readonly double _perNanosecond;

    // The same moment on both clocks.
    private long _stamp;
    private long _timestamp;

    private StampClock(int clock, TimeProvider time)
    {
        _clock = clock;
        _time = time;
        _perNanosecond = time.TimestampFrequency / 1e9;
        (_stamp, _timestamp, _) = Look();
    }

    /// <param name="name">As the device's file <c>current_timestamp_clock</c> says.</param>
    /// <returns>null for a clock that is not known.</returns>
    public static StampClock? Of(string name, TimeProvider time)
    {
        // clockid_t of time.h. The coarse ones are read as the fine ones: they differ by less than a tick of the kernel.
        int? clock = name switch
        {
            "realtime" or "realtime_coarse" => 0,
            "monotonic" or "monotonic_coarse" => 1,
            "monotonic_raw" => 4,
            "boottime" => 7,
            "tai" => 11,
            _ => null,
        };
        return clock is { } known ? new StampClock(known, time) : null;
    }

    /// <summary>Looks at both clocks again.</summary>
    /// <returns>False when the driver's clock was set since the look before: stamps from between cannot be turned into anything.</returns>
    public bool Follow()
    {
        var (stamp, timestamp, uncertain) = Look();
        var change = stamp - _stamp - (long)((timestamp - _timestamp) / _perNanosecond);
        if (Math.Abs(change) <= uncertain)
        {
            return true;
        }

        (_stamp, _timestamp) = (stamp, timestamp);
        return Math.Abs(change) <= Set + uncertain;
    }

    /// <param name="stamp">Nanoseconds of the driver's clock.</param>
    /// <returns>A timestamp of the time provider.</returns>
    public long ToTimestamp(long stamp) => _timestamp + (long)((stamp - _stamp) * _perNanosecond);

    /// <returns>Both clocks at one moment, and by how many nanoseconds that may be wrong.</returns>
    private (long Stamp, long Timestamp, long Uncertain) Look()
    {
        (long Stamp, long Timestamp, long Uncertain) best = (0, 0, long.MaxValue);
        for (var i = 0; i < Looks && best.Uncertain > GoodLook; i++)
        {
            Libc.Span now;
            var before = _time.GetTimestamp();
            _ = Libc.Time(_clock, &now);
            var between = _time.GetTimestamp() - before;
            var uncertain = (long)(between / _perNanosecond);
            if (uncertain < best.Uncertain)
            {
                best = ((now.Seconds * 1_000_000_000) + now.Nanoseconds, before + (between / 2), uncertain);
            }
        }

        return best;
    }
}
