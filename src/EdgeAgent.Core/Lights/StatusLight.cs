namespace EdgeAgent.Core.Lights;

/// <summary>Which sign a lamp shows: what became of a package for its few seconds, else whether an alarm stands. Not thread-safe.</summary>
/// <param name="begun">On the monotonic clock of all calls.</param>
public sealed class StatusLight(TimeSpan begun)
{
    private LightSign _sign = LightSign.Running;
    private TimeSpan _signSince = begun;
    private LightSign? _verdict;
    private TimeSpan _verdictSince;

    public void Follow(bool alarmStands, TimeSpan now)
    {
        var sign = alarmStands ? LightSign.Alarm : LightSign.Running;
        if (sign != _sign)
        {
            _sign = sign;
            _signSince = now;
        }
    }

    /// <param name="verdict">What became of a package. The latest one counts.</param>
    public void Tell(LightSign verdict, TimeSpan now)
    {
        _verdict = verdict;
        _verdictSince = now;
    }

    /// <returns>Whether the lamp is to be lit now, and when to ask again.</returns>
    public (bool Lit, TimeSpan Until) At(TimeSpan now)
    {
        if (_verdict is { } verdict)
        {
            var pattern = LightPattern.Of(verdict);
            if (now - _verdictSince < pattern.Length)
            {
                var (lit, time) = pattern.At(now - _verdictSince);
                return (lit, now + time);
            }

            _verdict = null;
        }

        var shown = LightPattern.Of(_sign).At(now - _signSince);
        return (shown.Lit, now + shown.For);
    }
}
