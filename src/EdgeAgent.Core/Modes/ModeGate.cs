using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Modes;

/// <summary>Follows the machine's operating mode from frame to frame. Deterministic; not thread-safe.</summary>
public sealed class ModeGate(ModeRule rule)
{
    private bool _started;
    private int _mode = -1;
    private TimeSpan _since;

    /// <summary>The present mode; null while its channel gives no believable reading.</summary>
    public OperatingMode? Mode => _mode < 0 ? null : rule.Modes[_mode];

    /// <summary>True when windows of this frame may be scored.</summary>
    public bool IsOpen { get; private set; }

    /// <returns>True when the mode is another one than before this frame.</returns>
    public bool Update(SensorFrame frame, ReadOnlySpan<ChannelHealth> verdicts)
    {
        var mode = verdicts[rule.Channel] == ChannelHealth.Ok ? Next(frame.Values[rule.Channel]) : -1;
        var changed = mode != _mode;
        if (changed)
        {
            // A machine that already runs when the agent starts has long settled.
            _since = _started ? frame.Monotonic : frame.Monotonic - rule.Settle;
            _started = true;
            _mode = mode;
        }

        IsOpen = Mode is { Watch: true } && frame.Monotonic - _since >= rule.Settle;
        return changed;
    }

    private int Next(double value)
    {
        var mode = 0;
        while (rule.Modes[mode].Below is { } boundary && value >= boundary + Shift(mode))
        {
            mode++;
        }

        return mode;
    }

    /// <summary>A boundary lies further up for a machine below it, and further down for one above it.</summary>
    private double Shift(int boundary) => _mode < 0 ? 0 : _mode <= boundary ? rule.Deadband : -rule.Deadband;
}
