namespace EdgeAgent.Tests.Sensors.Hardware.Iio;

/// <summary>The real clock, which remembers when a source began: that is the first thing that a source asks it.</summary>
internal sealed class StartTime : TimeProvider
{
    private long? _started;

    public override long GetTimestamp()
    {
        var now = System.GetTimestamp();
        _started ??= now;
        return now;
    }

    /// <param name="nanoseconds">Of the monotonic clock.</param>
    public TimeSpan SinceStart(long nanoseconds) => GetElapsedTime(_started!.Value, (long)(nanoseconds * (TimestampFrequency / 1e9)));
}
