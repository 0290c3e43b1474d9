namespace EdgeAgent.Sensors.Csv;

/// <summary>
/// Makes one time that never runs backwards from the times in a recording, which may repeat, leap, or be wrong.
/// </summary>
/// <remarks>
/// A step between two rows is believed when it lies above zero and up to an hour; anything else (daylight saving, a clock
/// set to 1970, an unreadable cell) is a jump and counts as one nominal period. Rows of a fast recording whose times
/// are only written to the second repeat a time: they are one period apart, and the next new time catches up with them.
/// </remarks>
internal sealed class CsvClock(TimeSpan period)
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);
    private bool _started;
    private DateTimeOffset _written;
    private TimeSpan _writtenMonotonic;

    /// <summary>The time of the latest row as far as the recording can be believed.</summary>
    public DateTimeOffset At { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>Time since the first row.</summary>
    public TimeSpan Monotonic { get; private set; }

    /// <summary>The next row of a recording without times.</summary>
    public void Advance()
    {
        if (_started)
        {
            Monotonic += period;
            At += period;
        }

        _started = true;
    }

    /// <summary>The next row of a recording with times.</summary>
    /// <param name="time">Null where it is unreadable.</param>
    /// <returns>True when the clock jumped.</returns>
    public bool Advance(DateTimeOffset? time)
    {
        if (!_started)
        {
            _started = true;
            At = _written = time ?? At;
            return time is null;
        }

        if (time == _written)
        {
            Monotonic += period;
            return false;
        }

        var step = time - _written;
        var believed = step > TimeSpan.Zero && step <= LongestStep;
        var due = _writtenMonotonic + (step ?? TimeSpan.Zero);
        Monotonic = believed && due > Monotonic ? due : Monotonic + period;
        At = time ?? At + period;
        if (time is not null)
        {
            _written = At;
            _writtenMonotonic = Monotonic;
        }

        return !believed;
    }
}
