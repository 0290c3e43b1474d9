using EdgeAgent.Configuration;
using EdgeAgent.Core.Sampling;
using EdgeAgent.Sensors.Hardware.Linux;

namespace EdgeAgent.Sensors.Hardware.Iio;

/// <summary>
/// A device behind a kernel driver of the IIO class whose samples come out of a buffer: each reading empties it.
/// <code>
///  chip ─▶ driver ─▶ kernel's buffer ─▶ one read ─┬─▶ every sample, numbered and timed ─▶ ring ─▶ rows
///                                                └─▶ their mean, or the latest ─▶ a reading like any other
/// </code>
/// A sample's time is the driver's own stamp. Where it has none, the newest sample of a read is as old as the read, and those before it lie
/// evenly between it and the newest of the read before. Reading allocates nothing.
/// </summary>
/// <param name="ring">Where every sample goes; null where only readings are wanted.</param>
internal sealed class IioBufferedDevice(IioSensorOptions options, string sysfs, string dev, SampleRing? ring, TimeProvider time) : ISensorDevice
{
    /// <summary>A buffer that is filled never stays empty for so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IioBufferSetup _setup = new(options, sysfs);
    private readonly IioBufferOptions _buffer = options.Buffer!;
    private readonly SampleTimeline _timeline = new(time.TimestampFrequency / options.Buffer!.RateHz);
    private readonly double[] _values = new double[options.Readings.Count];
    private readonly double[] _sums = new double[options.Readings.Count];

    // What an open device has.
    private IioBufferFile? _file;
    private IioScan? _scan;
    private StampClock? _clock;
    private byte[] _bytes = [];
    private long[] _stamps = [];

    // Where the stream stands.
    private int _kept;
    private int _count;
    private bool _begun;
    private long _newest;
    private long _missing;
    private long _lost;

    public long? Lost => Volatile.Read(ref _lost);

    public ReadFault? Open()
    {
        Dispose();
        var fault = _setup.Find(out var folder) ?? _setup.Apply(folder, out _) ?? IioScan.Read(folder, [.. options.Readings.Select(reading => reading.Attribute)], out _scan);
        fault ??= IioBufferFile.Open(_buffer.Node ?? Path.Combine(dev, Path.GetFileName(folder)), out _file);
        if (fault is not null)
        {
            return fault;
        }

        _clock = _scan!.HasStamps ? StampClock.Of(ClockOf(folder), time) : null;

        // The kernel rounds a buffer's length up to a power of two; what it keeps comes in one read.
        var samples = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_buffer.LengthOrDefault);
        _bytes = new byte[samples * _scan.Bytes];
        _stamps = new long[samples];
        _file!.Empty(_bytes);
        (_kept, _begun, _missing, _newest) = (0, false, 0, time.GetTimestamp());
        return null;
    }

    public ReadFault? Read(Span<double> values)
    {
        _sums.AsSpan().Clear();
        _count = 0;
        if (Drain() is { } fault)
        {
            return fault;
        }

        for (var i = 0; i < _sums.Length; i++)
        {
            values[i] = options.Row == RowRule.Latest ? _values[i] : _sums[i] / _count;
        }

        return null;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Where the kernel has no such file it stamps by the wall clock, as others do unless they are told otherwise.</summary>
    private static string ClockOf(string folder) =>
        SysfsFile.Read(Path.Combine(folder, "current_timestamp_clock"), out var name) is null ? name : "realtime";

    /// <summary>Reads until nothing is left, and waits for a sample where there is none.</summary>
    private ReadFault? Drain()
    {
        var began = time.GetTimestamp();

        // Not more than a buffer at a time: whoever makes rows gets his turn.
        while (_count < _stamps.Length)
        {
            if (_file!.Read(_bytes.AsSpan(_kept), out var read) is { } fault)
            {
                return fault;
            }

            if (read > 0)
            {
                Take(_kept + read, time.GetTimestamp());
                continue;
            }

            if (_count > 0)
            {
                return null;
            }

            var left = Patience - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return new ReadFault(ReadFaultKind.Timeout, $"{options.Name}: no sample for {Patience.TotalSeconds:0} s although the buffer is on; does its trigger run?");
            }

            _file.Wait(left);
        }

        return null;
    }

    /// <param name="length">Bytes from the start of the memory on. A sample that is not whole yet waits for the next read.</param>
    /// <param name="arrived">When they were read.</param>
    private void Take(int length, long arrived)
    {
        var bytes = _scan!.Bytes;
        var samples = length / bytes;
        if (samples > 0)
        {
            // Stamps from before the clock was set say nothing; that block is timed as if it had none.
            var stamped = _clock is not null && _clock.Follow();
            var missingAfter = stamped ? Stamp(samples) : Spread(samples, arrived);
            for (var i = 0; i < samples; i++)
            {
                Take(_bytes.AsSpan(i * bytes, bytes), _stamps[i], stamped);
            }

            _newest = arrived;
            _missing = missingAfter;
        }

        _kept = length - (samples * bytes);
        _bytes.AsSpan(samples * bytes, _kept).CopyTo(_bytes);
    }

    private void Take(ReadOnlySpan<byte> sample, long at, bool stamped)
    {
        var lost = stamped ? _timeline.Add(at) : _timeline.Follow(at, _missing);
        _missing = 0;
        _scan!.Decode(sample, _values);
        for (var i = 0; i < _values.Length; i++)
        {
            _sums[i] += _values[i];
        }

        _count++;
        if (ring?.TryAdd(_timeline.Number, at, _values) == false)
        {
            lost++;
        }

        Volatile.Write(ref _lost, _lost + lost);
    }

    /// <summary>Sets the times of a block by the driver's stamps.</summary>
    /// <returns>How many samples are missing after it: the stamps of the next block will say.</returns>
    private long Stamp(int samples)
    {
        for (var i = 0; i < samples; i++)
        {
            _stamps[i] = _clock!.ToTimestamp(_scan!.Stamp(_bytes.AsSpan(i * _scan.Bytes)));
        }

        Begin(_stamps.AsSpan(0, samples));
        return 0;
    }

    /// <summary>Sets the times of a block by its arrival.</summary>
    /// <returns>How many samples are missing after it, because the buffer was full.</returns>
    private long Spread(int samples, long arrived)
    {
        var nominal = time.TimestampFrequency / _buffer.RateHz;
        if (!_begun)
        {
            _newest = arrived - (long)(samples * nominal);
        }

        Begin([]);
        var full = samples >= _buffer.LengthOrDefault;
        var step = full ? nominal : (arrived - _newest) / (double)samples;
        for (var i = 0; i < samples; i++)
        {
            _stamps[i] = _newest + (long)((i + 1) * step);
        }

        return full ? Math.Max(0, (long)Math.Round((arrived - _newest) / nominal) - samples) : 0;
    }

    private void Begin(ReadOnlySpan<long> stamps)
    {
        if (!_begun)
        {
            _begun = true;
            _timeline.Begin(stamps);
        }
    }
}
