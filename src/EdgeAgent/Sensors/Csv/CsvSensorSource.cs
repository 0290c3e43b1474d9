using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Signals;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Sensors.Csv;

/// <summary>
/// A recording as a sensor source: exactly one frame per data row. A cell without a number is NaN, a broken row is NaN in
/// every channel; neither ends the reading. Empty lines are no rows.
/// </summary>
internal sealed partial class CsvSensorSource : IRecording
{
    private readonly string _path;
    private readonly CsvLineReader _lines;
    private readonly CsvHeader _header;
    private readonly CsvFields _fields;
    private readonly CsvClock _clock;
    private readonly Pace _pace;
    private readonly ILogger _logger;
    private string? _next;

    private CsvSensorSource(string path, CsvLineReader lines, CsvHeader header, string first, CsvClock clock, Pace pace, ILogger logger)
    {
        _path = path;
        _lines = lines;
        _header = header;
        _next = first;
        _fields = new CsvFields(header.Delimiter);
        _clock = clock;
        _pace = pace;
        _logger = logger;
    }

    public bool IsWaveform => false;

    public RecordingTally Tally { get; } = new();

    /// <summary>Opens a recording and reads its header.</summary>
    /// <param name="speed">Recorded seconds per real second; 0 = as fast as possible.</param>
    /// <param name="problem">Why the file cannot be read at all.</param>
    public static bool TryOpen(
        string path,
        CsvFormat format,
        IReadOnlyList<ChannelOptions> channels,
        double speed,
        TimeProvider time,
        ILogger logger,
        [NotNullWhen(true)] out CsvSensorSource? source,
        [NotNullWhen(false)] out SensorProblem? problem)
    {
        source = null;
        if (!RecordingFile.TryOpen(path, "a CSV file", out var file, out problem))
        {
            return false;
        }

        var lines = new CsvLineReader(new StreamReader(file));
        var headerLine = lines.ReadFullLine();
        var headerNumber = lines.Line;
        CsvHeader? header = null;
        string? what = null;
        string? first = null;
        if (headerLine is null)
        {
            problem = new SensorProblem(path, "found an empty file, allowed: a header and data rows");
        }
        else if (!CsvHeader.TryRead(headerLine, format, channels, out header, out what))
        {
            problem = new SensorProblem($"{path}: line {headerNumber}", what);
        }
        else if ((first = lines.ReadFullLine()) is null)
        {
            problem = new SensorProblem(path, "found a header only, allowed: a header and data rows");
        }

        if (header is null || first is null)
        {
            lines.Dispose();
            problem ??= new SensorProblem(path, "found nothing to read");
            return false;
        }

        var clock = new CsvClock(TimeSpan.FromSeconds(1 / format.RateHz));
        source = new CsvSensorSource(path, lines, header, first, clock, new Pace(speed, time), logger);
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
        for (; _next is not null; _next = _lines.ReadFullLine())
        {
            var row = Read(_next);
            await _pace.WaitUntilAsync(row.Frame.Monotonic, cancellationToken).ConfigureAwait(false);
            yield return row;
        }
    }

    public void Dispose() => _lines.Dispose();

    private RecordedRow Read(string line)
    {
        var values = new float[_header.Columns.Length];
        var timestamp = default(string);
        if (IsWhole(_fields.Split(line)))
        {
            Fill(values);
        }
        else
        {
            Array.Fill(values, float.NaN);
            if (Tally.BrokenRows++ == 0)
            {
                Tally.FirstBrokenLine = _lines.Line;
                LogBrokenRow(_path, _lines.Line, _fields.Count, _header.Fields);
            }
        }

        if (_header.Time < 0)
        {
            _clock.Advance();
        }
        else
        {
            timestamp = ReadTime();
        }

        return new RecordedRow(new SensorFrame(Tally.Rows++, _clock.At, _clock.Monotonic, values), _lines.Line, timestamp);
    }

    /// <summary>A row may end in one delimiter too many, as some loggers write it.</summary>
    private bool IsWhole(bool split) =>
        split && (_fields.Count == _header.Fields || (_fields.Count == _header.Fields + 1 && _fields[_header.Fields].IsEmpty));

    private void Fill(float[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = CsvNumber.Parse(_fields[_header.Columns[i]], _header.Delimiter);
            Tally.MissingCells += float.IsNaN(values[i]) ? 1 : 0;
        }
    }

    private string? ReadTime()
    {
        var cell = _header.Time < _fields.Count ? _fields[_header.Time] : default;
        var readable = CsvTime.TryParse(cell, out var at);
        if (_clock.Advance(readable ? at : null) && Tally.ClockJumps++ == 0)
        {
            Tally.FirstClockJumpLine = _lines.Line;
            LogClockJump(_path, _lines.Line);
        }

        return readable ? cell.ToString() : null;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning,
        Message = "{Path}: line {Line}: found a broken row with {Found} fields, allowed: {Expected}; such rows count as missing readings")]
    private partial void LogBrokenRow(string path, long line, int found, int expected);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning,
        Message = "{Path}: line {Line}: the recorded clock jumps; such steps count as one sampling period")]
    private partial void LogClockJump(string path, long line);
}
