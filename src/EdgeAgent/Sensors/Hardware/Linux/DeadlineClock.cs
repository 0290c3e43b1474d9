namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>
/// One monotonic clock for all sensors of a source, from 0 at its start, and the waiting for its deadlines. Waits end at once when it is
/// stopped. Thread-safe. The kernel's own wait, because timers of the thread pool are a millisecond coarse and a busy pool makes them late.
/// </summary>
internal sealed class DeadlineClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly int _stop;
    private volatile bool _stopped;

    public DeadlineClock(TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
        _stop = Libc.EventFile(0, Libc.CloseOnExec | Libc.NonBlocking);
        if (_stop < 0)
        {
            throw new IOException($"cannot make an eventfd: {Libc.Describe(Libc.LastError)}");
        }
    }

    public TimeSpan Now => _time.GetElapsedTime(_started);

    /// <param name="timestamp">Of the time provider.</param>
    public TimeSpan At(long timestamp) => _time.GetElapsedTime(_started, timestamp);

    public bool IsStopped => _stopped;

    /// <summary>The next multiple of the period: readings and rows of one period begin together.</summary>
    public TimeSpan NextMultipleOf(TimeSpan period) => period * Math.Ceiling(Now / period);

    /// <returns>True at the deadline or after it, false as soon as the clock is stopped.</returns>
    public unsafe bool Wait(TimeSpan until)
    {
        var entry = new Libc.PollEntry { File = _stop, Wanted = Libc.PollIn };
        while (!_stopped)
        {
            var rest = until - Now;
            if (rest <= TimeSpan.Zero)
            {
                return true;
            }

            var wait = new Libc.Span { Seconds = (long)rest.TotalSeconds, Nanoseconds = rest.Ticks % TimeSpan.TicksPerSecond * 100 };
            _ = Libc.Poll(&entry, 1, &wait, null);
        }

        return false;
    }

    public unsafe void Stop()
    {
        _stopped = true;
        ulong one = 1;
        _ = Libc.Write(_stop, &one, sizeof(ulong));
    }

    public void Dispose() => _ = Libc.Close(_stop);
}
