namespace EdgeAgent.Core.Signals;

/// <summary>
/// Tells a broken sensor from a broken machine: judges every reading before the model sees it, and turns verdicts that
/// last into sensor alarms. One gate serves one source; not thread-safe.
/// </summary>
public sealed class HealthGate
{
    private readonly HealthDelays _delays;
    private readonly ChannelWatch[] _channels;
    private readonly ChannelHealth[] _verdicts;
    private readonly List<HealthChange> _changes = [];

    /// <param name="limits">One per channel.</param>
    /// <param name="maxGap">A longer pause between two frames is a gap in the recording, not a sensor that stands still.</param>
    public HealthGate(IReadOnlyList<HealthLimits> limits, HealthDelays delays, TimeSpan maxGap)
    {
        _delays = delays;
        _channels = [.. limits.Select(limit => new ChannelWatch(limit, maxGap))];
        _verdicts = new ChannelHealth[_channels.Length];
    }

    /// <summary>The verdict on each channel's latest reading, in the device's order.</summary>
    public ReadOnlySpan<ChannelHealth> Verdicts => _verdicts;

    /// <summary>The worst verdict on the latest frame.</summary>
    public ChannelHealth Worst
    {
        get
        {
            var worst = ChannelHealth.Ok;
            foreach (var verdict in _verdicts)
            {
                worst = verdict > worst ? verdict : worst;
            }

            return worst;
        }
    }

    /// <summary>A sensor alarm of an earlier run stands on.</summary>
    public void Restore(int channel, ChannelHealth verdict) => _channels[channel].Alarm.Restore(verdict);

    /// <summary>Judges one frame.</summary>
    /// <returns>The sensor alarms that it changed; the list is reused by the next call.</returns>
    public IReadOnlyList<HealthChange> Inspect(SensorFrame frame)
    {
        _changes.Clear();
        for (var i = 0; i < _channels.Length; i++)
        {
            var verdict = _channels[i].Judge(frame.Values[i], frame.Monotonic);
            Settle(i, verdict, frame.Values[i], frame.Monotonic);
        }

        return _changes;
    }

    /// <summary>Tells the gate that the source is silent: every channel becomes stale.</summary>
    /// <param name="now">On the same monotonic scale as the frames.</param>
    /// <returns>The sensor alarms that it changed; the list is reused by the next call.</returns>
    public IReadOnlyList<HealthChange> Silence(TimeSpan now)
    {
        _changes.Clear();
        for (var i = 0; i < _channels.Length; i++)
        {
            Settle(i, ChannelHealth.Stale, float.NaN, now);
        }

        return _changes;
    }

    private void Settle(int channel, ChannelHealth verdict, float value, TimeSpan now)
    {
        _verdicts[channel] = verdict;
        if (_channels[channel].Alarm.Update(verdict, now, _delays) is { } step)
        {
            _changes.Add(new HealthChange(channel, step.Verdict, step.Active, step.IsUpdate, value));
        }
    }
}
