using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Sensors.Npy;

/// <summary>
/// A fast recording: a NumPy array file of float32 [samples, channels], the columns in the order of the config's channels,
/// sampled at the config's rate. It carries no clock: times count from 1970-01-01.
/// </summary>
internal sealed class NpySensorSource : IRecording
{
    private const int RowsPerRead = 4096;

    private readonly FileStream _file;
    private readonly NpyHeader _header;
    private readonly double _rateHz;
    private readonly Pace _pace;

    private NpySensorSource(FileStream file, NpyHeader header, double rateHz, Pace pace)
    {
        _file = file;
        _header = header;
        _rateHz = rateHz;
        _pace = pace;
    }

    public bool IsWaveform => true;

    public RecordingTally Tally { get; } = new();

    /// <param name="channels">How many columns the file must have.</param>
    /// <param name="speed">Recorded seconds per real second; 0 = as fast as possible.</param>
    public static bool TryOpen(
        string path,
        int channels,
        double rateHz,
        double speed,
        TimeProvider time,
        [NotNullWhen(true)] out NpySensorSource? source,
        [NotNullWhen(false)] out SensorProblem? problem)
    {
        source = null;
        if (!RecordingFile.TryOpen(path, "a .npy file", out var file, out problem))
        {
            return false;
        }

        var (header, what) = NpyHeader.Read(file);
        what ??= Fault(header!, file.Length, channels);
        if (what is not null)
        {
            file.Dispose();
            problem = new SensorProblem(path, what);
            return false;
        }

        file.Position = header!.DataStart;
        source = new NpySensorSource(file, header, rateHz, new Pace(speed, time));
        return true;
    }

    public async IAsyncEnumerable<SensorFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in ReadRowsAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return row.Frame;
        }
    }

    public async IAsyncEnumerable<RecordedRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var block = new float[RowsPerRead * _header.Columns];
        while (Tally.Rows < _header.Rows)
        {
            var rows = (int)Math.Min(RowsPerRead, _header.Rows - Tally.Rows);
            _file.ReadExactly(MemoryMarshal.AsBytes(block.AsSpan(0, rows * _header.Columns)));
            for (var row = 0; row < rows; row++)
            {
                var frame = Frame(block.AsSpan(row * _header.Columns, _header.Columns));
                await _pace.WaitUntilAsync(frame.Monotonic, cancellationToken).ConfigureAwait(false);
                yield return new RecordedRow(frame, Tally.Rows, null);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private static string? Fault(NpyHeader header, long bytes, int channels)
    {
        var needed = header.DataStart + (header.Rows * header.Columns * sizeof(float));
        return header.Columns != channels ? $"found {header.Columns} columns, allowed: {channels}, one for each channel of the config in its order"
            : header.Rows == 0 ? "found no samples, allowed: one or more"
            : bytes < needed ? $"found {bytes} bytes, allowed: {needed}, as its header says; the file is cut off"
            : null;
    }

    private SensorFrame Frame(ReadOnlySpan<float> values)
    {
        // Counted from the start each time, so that a period of no whole ticks does not add up.
        var since = TimeSpan.FromTicks((long)Math.Round(Tally.Rows * (TimeSpan.TicksPerSecond / _rateHz)));
        return new SensorFrame(Tally.Rows++, DateTimeOffset.UnixEpoch + since, since, values.ToArray());
    }
}
