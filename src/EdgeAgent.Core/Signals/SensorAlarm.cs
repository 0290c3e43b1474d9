namespace EdgeAgent.Core.Signals;

/// <summary>The alarm state of one sensor: raised after an on-delay, cleared after an off-delay.</summary>
internal sealed class SensorAlarm
{
    private bool _active;
    private ChannelHealth _told;
    private TimeSpan? _badSince;
    private TimeSpan? _goodSince;

    /// <summary>An alarm of an earlier run stands on, until good readings say otherwise.</summary>
    public void Restore(ChannelHealth verdict) => (_active, _told) = (true, verdict);

    public (ChannelHealth Verdict, bool Active, bool IsUpdate)? Update(ChannelHealth verdict, TimeSpan now, HealthDelays delays)
    {
        var bad = verdict != ChannelHealth.Ok;
        _badSince = bad ? _badSince ?? now : null;
        _goodSince = bad ? null : _goodSince ?? now;

        if (_active)
        {
            if (bad && verdict != _told)
            {
                _told = verdict;
                return (verdict, true, true);
            }

            if (!bad && now - _goodSince >= delays.ClearAfter)
            {
                _active = false;
                return (_told, false, false);
            }

            return null;
        }

        // Stuck and stale verdicts have waited already: they are made of time.
        var waited = verdict is ChannelHealth.Stuck or ChannelHealth.Stale;
        if (!bad || (!waited && now - _badSince < delays.RaiseAfter))
        {
            return null;
        }

        _active = true;
        _told = verdict;
        return (verdict, true, false);
    }
}
