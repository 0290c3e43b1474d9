namespace EdgeAgent.Sensors.Hardware.Linux;

/// <summary>Waits on a sensor's own thread for a chip that needs time, to a fraction of a millisecond.</summary>
internal static class KernelPause
{
    public static unsafe void For(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            var wait = new Libc.Span { Seconds = (long)time.TotalSeconds, Nanoseconds = time.Ticks % TimeSpan.TicksPerSecond * 100 };
            _ = Libc.Poll(null, 0, &wait, null);
        }
    }
}
