using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Windows;

/// <summary>
/// Collects frames into overlapping windows [samples, slots] without allocating. A slot counts as present only while
/// every reading of it in the window was healthy: the model never sees an invented value.
/// </summary>
/// <remarks>
/// Each row is written twice, one window length apart, so that the latest window always lies in one piece:
/// <code>
/// rows:   0 1 2 … S-1 | S S+1 … 2S-1      row r is written at r mod S and at r mod S + S
/// window:       └─────────┘               and read from (r+1) mod S on
/// </code>
/// </remarks>
public sealed class WindowAssembler
{
    private readonly SlotMap _map;
    private readonly int _samples;
    private readonly int _hop;
    private readonly TimeSpan _maxGap;
    private readonly float[] _rows;
    private readonly int[] _healthyRun;
    private readonly float[] _present;
    private long _count;
    private int _sinceLast;
    private TimeSpan? _lastAt;

    public WindowAssembler(SlotMap map, int samples, int hop, TimeSpan maxGap)
    {
        _map = map;
        _samples = samples;
        _hop = hop;
        _maxGap = maxGap;
        _rows = new float[2 * samples * map.Slots.Count];
        _healthyRun = new int[map.Slots.Count];
        _present = new float[map.Slots.Count];
        _sinceLast = hop;
    }

    /// <summary>The latest window, row by row, float32 [samples, slots] in engineering units; 0 where not present.</summary>
    public ReadOnlySpan<float> Window
    {
        get
        {
            var slots = _map.Slots.Count;
            var start = (int)(_count % _samples) * slots;
            return _rows.AsSpan(start, _samples * slots);
        }
    }

    /// <summary>float32 [slots]: 1 where the whole window was healthy, else 0.</summary>
    public ReadOnlySpan<float> Present => _present;

    /// <summary>Adds one row.</summary>
    /// <param name="now">When it was read, monotonic.</param>
    /// <param name="values">One per channel of the device, engineering units.</param>
    /// <param name="verdicts">One per channel of the device.</param>
    /// <returns>True when <see cref="Window"/> holds a valid window that is due.</returns>
    public bool Push(TimeSpan now, ReadOnlySpan<float> values, ReadOnlySpan<ChannelHealth> verdicts)
    {
        if (_lastAt is { } last && now - last > _maxGap)
        {
            Restart();
        }

        _lastAt = now;
        Write(values, verdicts);
        _count++;
        _sinceLast++;
        if (_sinceLast < _hop || !IsValid())
        {
            return false;
        }

        _sinceLast = 0;
        return true;
    }

    /// <summary>Forgets what came before, as after a gap: the next window is due once it is full again.</summary>
    public void Restart() => Array.Clear(_healthyRun);

    /// <summary>Goes on with a copy of another one's window, in step with it.</summary>
    /// <returns>False if the windows are of different shape or other channels; nothing was taken over.</returns>
    public bool TryTakeOver(WindowAssembler other)
    {
        if (other._samples != _samples || other._hop != _hop || !other._map.Channels.SequenceEqual(_map.Channels)
            || !other._map.Slots.Select(slot => slot.Required).SequenceEqual(_map.Slots.Select(slot => slot.Required)))
        {
            return false;
        }

        other._rows.CopyTo(_rows, 0);
        other._healthyRun.CopyTo(_healthyRun, 0);
        other._present.CopyTo(_present, 0);
        (_count, _sinceLast, _lastAt) = (other._count, other._sinceLast, other._lastAt);
        return true;
    }

    private void Write(ReadOnlySpan<float> values, ReadOnlySpan<ChannelHealth> verdicts)
    {
        var slots = _map.Slots.Count;
        var row = (int)(_count % _samples);
        var first = _rows.AsSpan(row * slots, slots);
        for (var slot = 0; slot < slots; slot++)
        {
            var channel = _map.Channels[slot];
            var healthy = channel >= 0 && verdicts[channel] == ChannelHealth.Ok;
            first[slot] = healthy ? values[channel] : 0;
            _healthyRun[slot] = healthy ? Math.Min(_healthyRun[slot] + 1, _samples) : 0;
            _present[slot] = _healthyRun[slot] == _samples ? 1 : 0;
        }

        first.CopyTo(_rows.AsSpan((row + _samples) * slots, slots));
    }

    private bool IsValid()
    {
        var any = false;
        for (var slot = 0; slot < _present.Length; slot++)
        {
            if (_present[slot] > 0)
            {
                any = true;
            }
            else if (_map.Slots[slot].Required)
            {
                return false;
            }
        }

        return any;
    }
}
