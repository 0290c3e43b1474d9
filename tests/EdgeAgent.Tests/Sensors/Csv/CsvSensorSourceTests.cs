using EdgeAgent.Configuration;
using EdgeAgent.Sensors;
using EdgeAgent.Sensors.Csv;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Sensors.Csv;

public sealed class CsvSensorSourceTests : IDisposable
{
    private static readonly ChannelOptions[] Channels =
    [
        new() { Name = "Flow", Role = "flow", Unit = "l/min", Column = "Volume Flow" },
        new() { Name = "Pressure", Role = "pressure", Unit = "bar" },
    ];

    private readonly TemporaryFolder _folder = new();
    private RecordingTally _tally = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("datetime;Pressure;Volume Flow\n2020-01-01 00:00:00;0.3;32\n2020-01-01 00:00:01;0.4;31\n")]
    [InlineData("Volume Flow,Pressure,datetime\n32,0.3,2020-01-01T00:00:00\n31,0.4,2020-01-01T00:00:01\n")]
    [InlineData("\uFEFFtimestamp\tPressure\tVolume Flow\r\n1577836800\t0,3\t32,0\r\n1577836801\t0,4\t31,0\r\n")]
    [InlineData("other|\"Volume Flow\"|\"pressure\"\nx|\"32\"|\"0.3\"\ny|31|0.4")]
    public async Task Values_come_in_the_devices_order_whatever_the_file_looks_like(string text)
    {
        var rows = await ReadAsync(text);

        Assert.Equal([32f, 0.3f], rows[0].Frame.Values);
        Assert.Equal([31f, 0.4f], rows[1].Frame.Values);
        Assert.Equal([0, 1], rows.Select(row => row.Frame.Monotonic.TotalSeconds));
        Assert.Equal([0L, 1L], rows.Select(row => row.Frame.Index));
        Assert.Equal([2L, 3L], rows.Select(row => row.Line));
    }

    [Fact]
    public async Task A_row_keeps_its_time_as_it_was_written()
    {
        var rows = await ReadAsync("time;Pressure;Volume Flow\n2020-03-09 10:14:33;1;2\n");

        Assert.Equal("2020-03-09 10:14:33", rows[0].Timestamp);
        Assert.Equal(new DateTimeOffset(2020, 3, 9, 10, 14, 33, TimeSpan.Zero), rows[0].Frame.At);
    }

    [Fact]
    public async Task Every_data_row_gives_one_frame_however_broken()
    {
        var rows = await ReadAsync(
            """
            datetime;Volume Flow;Pressure
            2020-01-01 00:00:00;32;0.3
            2020-01-01 00:00:01;;NaN
            2020-01-01 00:00:02;32
            this is no row at all
            2020-01-01 00:00:04;32;0.3;9;9
            2020-01-01 00:00:05;"32;0.3

            2020-01-01 00:00:06;32;0.3
            """);

        Assert.Equal(7, rows.Count);
        Assert.All(rows.Skip(1).Take(5), row => Assert.All(row.Frame.Values, value => Assert.True(float.IsNaN(value))));
        Assert.Equal([32f, 0.3f], rows[^1].Frame.Values);
        Assert.Equal(["2020-01-01 00:00:00", "2020-01-01 00:00:01", "2020-01-01 00:00:02", null, "2020-01-01 00:00:04"], rows.Take(5).Select(row => row.Timestamp));
        Assert.Equal(6, rows[^1].Frame.Monotonic.TotalSeconds);
        Assert.Equal((4, 4L, 2), (_tally.BrokenRows, _tally.FirstBrokenLine, _tally.MissingCells));
    }

    [Fact]
    public async Task A_row_may_end_in_one_delimiter_too_many()
    {
        var rows = await ReadAsync("Volume Flow;Pressure\n32;0.3;\n31;0.4\n");

        Assert.Equal([32f, 0.3f], rows[0].Frame.Values);
        Assert.Equal(0, _tally.BrokenRows);
    }

    [Fact]
    public async Task A_file_of_one_column_may_have_decimal_commas()
    {
        var path = _folder.Write("in.csv", "Pressure\n0,25\n");
        Assert.True(CsvSensorSource.TryOpen(
            path, new CsvFormat(null, null, 1), [Channels[1]], 0, TimeProvider.System, NullLogger.Instance, out var source, out _));
        using var opened = source;

        await foreach (var frame in opened.ReadAsync(CancellationToken.None))
        {
            Assert.Equal([0.25f], frame.Values);
        }
    }

    [Fact]
    public async Task A_clock_that_jumps_is_counted_with_its_line()
    {
        var rows = await ReadAsync("time;Volume Flow;Pressure\n2026-10-25 02:59:59;1;1\n2026-10-25 02:00:00;1;1\n1970-01-01 00:00:00;1;1\n");

        Assert.Equal([0, 1, 2], rows.Select(row => row.Frame.Monotonic.TotalSeconds));
        Assert.Equal((2, 3L), (_tally.ClockJumps, _tally.FirstClockJumpLine));
    }

    [Fact]
    public async Task Without_times_the_rate_of_the_config_counts()
    {
        var rows = await ReadAsync("Volume Flow;Pressure\n1;1\n1;1\n1;1\n", rateHz: 4);

        Assert.Equal([0, 0.25, 0.5], rows.Select(row => row.Frame.Monotonic.TotalSeconds));
        Assert.All(rows, row => Assert.Null(row.Timestamp));
    }

    [Theory]
    [InlineData("", "found an empty file, allowed: a CSV file with data")]
    [InlineData("\n \n", "found an empty file, allowed: a header and data rows")]
    [InlineData("Volume Flow;Pressure\n", "found a header only, allowed: a header and data rows")]
    [InlineData("Volume Flow;Temp\n1;2\n", "found no column \"Pressure\", only \"Volume Flow\", \"Temp\", allowed: a header with a column for each channel, separated by \";\"")]
    [InlineData("Pressure;Volume Flow;Pressure\n1;2;3\n", "found more than one column \"Pressure\", allowed: one")]
    public void A_file_without_what_is_needed_gives_one_clear_line(string text, string what)
    {
        var path = _folder.Write("in.csv", text);

        Assert.EndsWith(what, Problem(path).ToString());
        Assert.StartsWith(path, Problem(path).ToString());
        Assert.DoesNotContain('\n', Problem(path).ToString());
    }

    [Fact]
    public void A_named_time_column_must_be_there()
    {
        var path = _folder.Write("in.csv", "Volume Flow;Pressure\n1;2\n");

        Assert.Contains("line 1: found no column \"when\" for the time", Problem(path, new CsvFormat(null, "when", 1)).ToString());
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_told_apart()
    {
        Assert.Contains("found no such file", Problem(Path.Combine(_folder.Path, "no.csv")).ToString());
        Assert.Contains("found no such file", Problem(Path.Combine(_folder.Path, "no", "no.csv")).ToString());
        Assert.Contains("found a directory", Problem(_folder.Path).ToString());
    }

    [Fact]
    public void A_binary_file_is_refused_in_one_line_without_filling_the_memory()
    {
        var path = Path.Combine(_folder.Path, "in.csv");
        File.WriteAllBytes(path, new byte[8 << 20]);

        Assert.InRange(Problem(path).ToString().Length, 1, 1000);
        Assert.DoesNotContain(Problem(path).ToString(), char.IsControl);
    }

    [Fact]
    public async Task Rows_come_when_they_are_due()
    {
        var time = new ManualTime();
        var path = _folder.Write("in.csv", "Volume Flow;Pressure\n1;1\n2;2\n3;3\n");
        Assert.True(CsvSensorSource.TryOpen(path, new CsvFormat(null, null, 1), Channels, 2, time, NullLogger.Instance, out var source, out _));
        await using var rows = source.ReadAsync(CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await rows.MoveNextAsync());
        var second = rows.MoveNextAsync().AsTask();
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.4));
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(await second);
        Assert.Equal(2f, rows.Current.Values[0]);
    }

    [Fact]
    public async Task Reading_can_be_cancelled_while_it_waits()
    {
        var path = _folder.Write("in.csv", "Volume Flow;Pressure\n1;1\n2;2\n");
        Assert.True(CsvSensorSource.TryOpen(path, new CsvFormat(null, null, 1), Channels, 1, new ManualTime(), NullLogger.Instance, out var source, out _));
        using var stop = new CancellationTokenSource();
        await using var rows = source.ReadAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        await rows.MoveNextAsync();
        var second = rows.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await second);
    }

    private static SensorProblem Problem(string path, CsvFormat? format = null)
    {
        Assert.False(CsvSensorSource.TryOpen(
            path, format ?? new CsvFormat(null, null, 1), Channels, 0, TimeProvider.System, NullLogger.Instance, out _, out var problem));
        return problem;
    }

    private async Task<List<RecordedRow>> ReadAsync(string text, double rateHz = 1)
    {
        var path = _folder.Write("in.csv", text);
        Assert.True(CsvSensorSource.TryOpen(
            path, new CsvFormat(null, null, rateHz), Channels, 0, TimeProvider.System, NullLogger.Instance, out var source, out var problem),
            problem?.ToString());
        using (source)
        {
            _tally = source.Tally;
            var rows = new List<RecordedRow>();
            await foreach (var row in source.ReadRowsAsync(CancellationToken.None))
            {
                rows.Add(row);
            }

            return rows;
        }
    }
}
