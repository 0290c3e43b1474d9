namespace EdgeAgent.Core.Signals;

/// <summary>Judges the readings of one channel one by one.</summary>
/// <param name="maxGap">A longer pause between two readings proves nothing: the sensor may have moved meanwhile.</param>
internal sealed class ChannelWatch(HealthLimits limits, TimeSpan maxGap)
{
    private float _last = float.NaN;
    private TimeSpan _lastAt;
    private TimeSpan _unchangedSince;

    public SensorAlarm Alarm { get; } = new();

    public ChannelHealth Judge(float value, TimeSpan now)
    {
        if (!float.IsFinite(value))
        {
            return ChannelHealth.Missing;
        }

        // A comparison with NaN is false, so the first reading always counts as a change.
        if (!(Math.Abs(value - _last) <= limits.SmallestChange) || now - _lastAt > maxGap)
        {
            _last = value;
            _unchangedSince = now;
        }

        _lastAt = now;

        if (value < limits.Minimum || value > limits.Maximum)
        {
            return ChannelHealth.OutOfRange;
        }

        return limits.StuckAfter is { } allowed && now - _unchangedSince >= allowed ? ChannelHealth.Stuck : ChannelHealth.Ok;
    }
}
