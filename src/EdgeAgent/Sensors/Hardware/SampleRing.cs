namespace EdgeAgent.Sensors.Hardware;

/// <summary>
/// Samples on their way from the thread that reads a buffer to the one that makes rows of them. All memory is taken beforehand. For one
/// thread that adds and one that takes, and neither waits for the other.
/// </summary>
/// <param name="capacity">Samples.</param>
/// <param name="outputs">Values of each.</param>
internal sealed class SampleRing(int capacity, int outputs)
{
    private readonly long[] _numbers = new long[capacity];
    private readonly long[] _times = new long[capacity];
    private readonly double[] _values = new double[capacity * outputs];

    // Counted from the start. A place belongs to the taker from the moment at which _added passes it, until _taken does.
    private long _added;
    private long _taken;

    /// <param name="number">0 begins a stream; a number that is left out is a sample that never came.</param>
    /// <param name="at">A timestamp of the time provider.</param>
    /// <returns>False when there is no room.</returns>
    public bool TryAdd(long number, long at, ReadOnlySpan<double> values)
    {
        if (_added - Volatile.Read(ref _taken) == capacity)
        {
            return false;
        }

        var place = (int)(_added % capacity);
        _numbers[place] = number;
        _times[place] = at;
        values.CopyTo(_values.AsSpan(place * outputs, outputs));
        Volatile.Write(ref _added, _added + 1);
        return true;
    }

    /// <returns>False when there is none.</returns>
    public bool TryTake(out long number, out long at, Span<double> values)
    {
        (number, at) = (0, 0);
        if (Volatile.Read(ref _added) == _taken)
        {
            return false;
        }

        var place = (int)(_taken % capacity);
        (number, at) = (_numbers[place], _times[place]);
        _values.AsSpan(place * outputs, outputs).CopyTo(values);
        Volatile.Write(ref _taken, _taken + 1);
        return true;
    }
}
