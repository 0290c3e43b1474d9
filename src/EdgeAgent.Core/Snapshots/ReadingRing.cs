using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Snapshots;

/// <summary>
/// The latest readings of every channel, numbered from 0 as they come. All of its memory is taken when it is made, and no
/// reading takes more. One thread adds; any may copy out, and holds the other up for no longer than its copy takes.
/// </summary>
public sealed class ReadingRing(int capacity, int channels)
{
    private readonly Lock _gate = new();
    private readonly ReadingTime[] _times = new ReadingTime[capacity];
    private readonly float[] _values = new float[(long)capacity * channels];
    private long _count;

    public int Capacity => capacity;

    public int Channels => channels;

    /// <summary>Bytes that one reading takes, here and in a file.</summary>
    public static int BytesPerReading(int channels) => (2 * sizeof(long)) + (channels * sizeof(float));

    /// <summary>Readings that were ever added: the number of the next one.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The number of the oldest reading that is still here.</summary>
    public long Oldest => Math.Max(0, Count - capacity);

    public void Add(SensorFrame frame)
    {
        lock (_gate)
        {
            var place = (int)(_count % capacity);
            _times[place] = new ReadingTime(frame.At.UtcTicks, frame.Monotonic.Ticks);
            frame.Values.AsSpan(0, channels).CopyTo(_values.AsSpan(place * channels));
            _count++;
        }
    }

    /// <summary>Copies readings in a row, as many as <paramref name="times"/> has room for.</summary>
    /// <param name="values">One per channel for each reading.</param>
    /// <returns>False when one of them is not here any more, or not yet.</returns>
    public bool TryCopy(long from, Span<ReadingTime> times, Span<float> values)
    {
        lock (_gate)
        {
            if (from < Math.Max(0, _count - capacity) || from + times.Length > _count)
            {
                return false;
            }

            var place = (int)(from % capacity);
            var first = Math.Min(times.Length, capacity - place);
            _times.AsSpan(place, first).CopyTo(times);
            _times.AsSpan(0, times.Length - first).CopyTo(times[first..]);
            _values.AsSpan(place * channels, first * channels).CopyTo(values);
            _values.AsSpan(0, (times.Length - first) * channels).CopyTo(values[(first * channels)..]);
            return true;
        }
    }

    /// <summary>The number of the first reading that was taken at this time or later; <see cref="Count"/> if none was.</summary>
    /// <param name="monotonic">On the scale of the readings, which never runs backwards.</param>
    public long FirstSince(TimeSpan monotonic)
    {
        lock (_gate)
        {
            var (low, high) = (Math.Max(0, _count - capacity), _count);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = _times[(int)(middle % capacity)].MonotonicTicks < monotonic.Ticks ? (middle + 1, high) : (low, middle);
            }

            return low;
        }
    }
}
