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

    public bool IsActive { get; private set; }

    /// <param name="score">The anomaly score; NaN neither raises nor clears.</param>
    /// <param name="threshold">Scores above it count towards an alarm.</param>
    /// <param name="settled">A channel's fault ended at a new level and not back at the normal one.</param>
    /// <param name="now">Monotonic.</param>
    public AlarmChange? Update(double score, double threshold, bool settled, TimeSpan now)
    {
        if (double.IsNaN(score))
        {
            return null;
        }

        return IsActive ? Follow(score, threshold, settled, now) : Watch(score, threshold, now);
    }

    /// <summary>An alarm of an earlier run stands on, until its score says otherwise.</summary>
    public void Restore(Severity severity, double score) => (IsActive, _severity, _peak) = (true, severity, score);

    /// <summary>Goes on where another one stood; delays begin anew.</summary>
    public void TakeOver(MachineAlarm before)
    {
        (IsActive, _severity, _peak) = (before.IsActive, before._severity, before._peak);
        Interrupt();
    }

    /// <summary>The machine stopped or changed its mode: delays begin anew, a standing alarm goes on standing.</summary>
    public void Interrupt()
    {
        _aboveSince = null;
        _belowSince = null;
    }

    private AlarmChange? Watch(double score, double threshold, TimeSpan now)
    {
        _aboveSince = score > threshold ? _aboveSince ?? now : null;
        if (now - _aboveSince is not { } above || above < limits.OnDelay)
        {
            return null;
        }

        IsActive = true;
        _belowSince = null;
        _peak = score;
        _severity = SeverityOf(score, threshold);
        return new AlarmChange(AlarmEvent.Raised, _severity, score, _peak);
    }

    private AlarmChange? Follow(double score, double threshold, bool settled, TimeSpan now)
    {
        _peak = Math.Max(_peak, score);
        _belowSince = score < limits.ClearBelow * threshold ? _belowSince ?? now : null;
        if (now - _belowSince >= limits.OffDelay)
        {
            IsActive = false;
            _aboveSince = null;
            return new AlarmChange(AlarmEvent.Cleared, _severity, score, _peak, settled);
        }

        if (SeverityOf(score, threshold) <= _severity)
        {
            return null;
        }

        _severity = SeverityOf(score, threshold);
        return new AlarmChange(AlarmEvent.Updated, _severity, score, _peak);
    }

    private Severity SeverityOf(double score, double threshold) =>
        score > limits.CriticalAbove * threshold ? Severity.Critical : Severity.Warning;
}
