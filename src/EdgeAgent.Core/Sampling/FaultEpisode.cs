namespace EdgeAgent.Core.Sampling;

/// <summary>
/// Decides what is told about a sensor that fails: each kind of fault once from the first failure until readings have been good
/// for a while, so that a loose plug is one story and not a thousand. Not thread-safe.
/// </summary>
/// <param name="quiet">Good readings for so long end the episode. Doubled with each episode that follows within ten minutes, up to ten minutes.</param>
public sealed class FaultEpisode(TimeSpan quiet)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly HashSet<ReadFaultKind> _told = [];
    private TimeSpan? _longerQuiet;
    private TimeSpan? _since;
    private TimeSpan? _goodSince;
    private TimeSpan? _endedAt;

    /// <summary>Failures of this episode.</summary>
    public long Failures { get; private set; }

    /// <summary>From the first failure until the end of the episode.</summary>
    public bool IsOn => _since is not null;

    /// <returns>True when this is to be told.</returns>
    public bool Fail(ReadFaultKind kind, TimeSpan now)
    {
        if (!IsOn)
        {
            var soon = _endedAt is { } before && now - before < Longest;
            _longerQuiet = soon ? Twice(_longerQuiet ?? quiet) : null;
            _since = now;
            Failures = 0;
            _told.Clear();
        }

        _goodSince = null;
        Failures++;
        return _told.Add(kind);
    }

    /// <returns>How long the episode lasted, from the first failure to the first of the readings that ended it; null while it goes on, or there was none.</returns>
    public TimeSpan? Succeed(TimeSpan now)
    {
        if (_since is not { } since)
        {
            return null;
        }

        var good = _goodSince ??= now;
        if (now - good < (_longerQuiet ?? quiet))
        {
            return null;
        }

        _since = null;
        _goodSince = null;
        _endedAt = now;
        return good - since;
    }

    private static TimeSpan Twice(TimeSpan time) => time * 2 < Longest ? time * 2 : Longest;
}
