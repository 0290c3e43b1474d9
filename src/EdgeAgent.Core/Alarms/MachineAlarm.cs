namespace EdgeAgent.Core.Alarms;

/// <summary>
/// The alarm state of one machine. Deterministic: the same scores at the same times give the same changes.
/// <code>
///            score > threshold for on-delay            score below clearing level for off-delay
///   normal ─────────────────────────────────▶ active ──────────────────────────────────────────▶ normal
/// </code>
/// </summary>
public sealed class MachineAlarm(AlarmLimits limits)
{
    private TimeSpan? _aboveSince;
    private TimeSpan? _belowSince;
    private Severity _severity;
    private double _peak;

    public AlarmLimits Limits { get; } = limits;

    public bool IsActive { get; private set; }

    /// <param name="score">The anomaly score; NaN neither raises nor clears.</param>
    /// <param name="now">Monotonic.</param>
    public AlarmChange? Update(double score, TimeSpan now)
    {
        if (double.IsNaN(score))
        {
            return null;
        }

        return IsActive ? Follow(score, now) : Watch(score, now);
    }

    private AlarmChange? Watch(double score, TimeSpan now)
    {
        _aboveSince = score > Limits.Threshold ? _aboveSince ?? now : null;
        if (now - _aboveSince is not { } above || above < Limits.OnDelay)
        {
            return null;
        }

        IsActive = true;
        _belowSince = null;
        _peak = score;
        _severity = SeverityOf(score);
        return new AlarmChange(AlarmEvent.Raised, _severity, score, _peak);
    }

    private AlarmChange? Follow(double score, TimeSpan now)
    {
        _peak = Math.Max(_peak, score);
        _belowSince = score < Limits.ClearBelow * Limits.Threshold ? _belowSince ?? now : null;
        if (now - _belowSince >= Limits.OffDelay)
        {
            IsActive = false;
            _aboveSince = null;
            return new AlarmChange(AlarmEvent.Cleared, _severity, score, _peak);
        }

        if (SeverityOf(score) <= _severity)
        {
            return null;
        }

        _severity = SeverityOf(score);
        return new AlarmChange(AlarmEvent.Updated, _severity, score, _peak);
    }

    private Severity SeverityOf(double score) =>
        score > Limits.CriticalAbove * Limits.Threshold ? Severity.Critical : Severity.Warning;
}
