using System.Diagnostics;

namespace EdgeAgent.Tests.Sensors.Hardware.Iio;

/// <summary>The real clock, moved ahead by a test: against it the system's own clocks look as if they were set back.</summary>
internal sealed class AheadTime : TimeProvider
{
    private long _ahead;

    public void Move(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * Stopwatch.Frequency));

    public override long GetTimestamp() => System.GetTimestamp() + Volatile.Read(ref _ahead);
}
