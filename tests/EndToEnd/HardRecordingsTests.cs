using System.Globalization;

namespace EdgeAgent.EndToEnd;

/// <summary>
/// What must happen when a recording is not as it should be. Each test changes one thing about the same machine and states
/// the outcome.
/// </summary>
public sealed class HardRecordingsTests : IDisposable
{
    private const int Rows = 1000;
    private const int Calibrate = 500;
    private const int FaultAt = 800;
    private static readonly DateTime Start = new(2026, 3, 29, 0, 55, 0);

    private static readonly string[] Columns =
    [
        "datetime", "Volume Flow RateRMS", "Pressure", "Current", "Accelerometer1RMS", "Accelerometer2RMS", "Temperature", "Thermocouple", "Voltage",
        "anomaly",
    ];

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_machine_as_it_is_alarms_for_its_fault_and_for_nothing_else()
    {
        var result = await ReplayAsync(Table());

        Assert.Equal(0, result.AlarmRows(0, FaultAt));
        Assert.True(result.AlarmRows(FaultAt, Rows) > 100, $"{result.AlarmRows(FaultAt, Rows)} rows");
    }

    [Fact]
    public async Task Shuffled_labels_change_nothing_because_labels_are_never_read()
    {
        var labelled = await ReplayAsync(Table());
        var random = new Random(1);

        var shuffled = await ReplayAsync(Table(change: (row, cells) => cells[9] = random.Next(2).ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(labelled.Scores, shuffled.Scores);
    }

    [Fact]
    public async Task Columns_in_another_order_change_nothing_because_they_are_found_by_name()
    {
        int[] order = [0, 9, 8, 7, 6, 5, 4, 3, 2, 1];
        var table = Table();

        var swapped = await ReplayAsync([.. table.Select(cells => order.Select(i => cells[i]).ToArray())]);

        Assert.Equal((await ReplayAsync(table)).Scores, swapped.Scores);
    }

    [Fact]
    public async Task Two_sensors_that_are_swapped_after_calibration_are_an_alarm()
    {
        var swapped = await ReplayAsync(Table(change: (row, cells) =>
        {
            if (row >= 600)
            {
                (cells[1], cells[2]) = (cells[2], cells[1]);
            }
        }));

        Assert.Equal(0, swapped.AlarmRows(0, 600));
        Assert.InRange(swapped.FirstAlarm(600), 600, 620);
    }

    [Fact]
    public async Task A_channel_that_never_moves_gives_no_alarm_and_hides_none()
    {
        var constant = await ReplayAsync(Table(change: (_, cells) => cells[2] = "0.3"), stuckAfterSeconds: 0);

        Assert.Equal(0, constant.AlarmRows(0, FaultAt));
        Assert.InRange(constant.FirstAlarm(FaultAt), FaultAt, FaultAt + 40);
    }

    [Fact]
    public async Task A_channel_that_stops_moving_is_a_sensor_alarm_and_no_machine_alarm()
    {
        var stuck = await ReplayAsync(Table(withFault: false, change: (row, cells) => cells[2] = row >= 520 ? "0.3" : cells[2]));

        Assert.Equal(0, stuck.AlarmRows(0, Rows));
        Assert.Contains("sensor-stuck", stuck.Decisions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bursts_of_NaN_are_sensor_alarms_and_no_machine_alarm_and_the_fault_is_still_found()
    {
        var bursts = await ReplayAsync(Table(change: (row, cells) =>
        {
            if (row is >= 550 and < 580 or >= 700 and < 703)
            {
                cells[1 + (row % 8)] = "NaN";
                cells[3] = "NaN";
            }
        }));

        Assert.Equal(0, bursts.AlarmRows(0, FaultAt));
        Assert.InRange(bursts.FirstAlarm(FaultAt), FaultAt, FaultAt + 40);
        Assert.Contains("sensor-missing", bursts.Decisions, StringComparison.Ordinal);
        Assert.All(bursts.Rows[550..580], row => Assert.Equal("missing", row.Health));
    }

    [Fact]
    public async Task A_rate_that_changes_is_told_and_nothing_is_scored_until_it_is_right_again()
    {
        var at = Start;
        var changed = await ReplayAsync(Table(withFault: false, change: (row, cells) =>
        {
            at = at.AddSeconds(row is >= 600 and < 800 ? 0.5 : 1);
            cells[0] = at.ToString("yyyy-MM-dd HH:mm:ss.f", CultureInfo.InvariantCulture);
        }));

        Assert.Equal(0, changed.AlarmRows(0, Rows));
        Assert.Contains("\"code\":\"sampling-rate-wrong\",\"data\":{\"foundHz\":\"2\",\"expectedHz\":\"1\"}", changed.Decisions, StringComparison.Ordinal);
        Assert.Contains("sampling-rate-right", changed.Decisions, StringComparison.Ordinal);
        Assert.All(changed.Rows[730..800], row => Assert.Empty(row.Score));
        Assert.NotEmpty(changed.Rows[^1].Score);
    }

    [Fact]
    public async Task A_recording_at_another_rate_cannot_calibrate_and_says_both_rates()
    {
        var result = await RunAsync(Table(change: (row, cells) => cells[0] = Time(row * 2)));

        result.AssertOneLineError(2, "input.csv", "cannot calibrate", "0.5 Hz", "1 Hz");
    }

    [Theory]
    [InlineData("1970-01-01 00:00:00")]
    [InlineData("2031-01-01 00:00:00")]
    public async Task A_clock_that_leaps_changes_no_score(string leapsTo)
    {
        var right = await ReplayAsync(Table());
        var from = DateTime.Parse(leapsTo, CultureInfo.InvariantCulture);

        var wrong = await ReplayAsync(Table(change: (row, cells) =>
            cells[0] = row < 650 ? cells[0] : from.AddSeconds(row - 650).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));

        Assert.Equal(right.Rows.Select(row => (row.Score, row.Alarm)), wrong.Rows.Select(row => (row.Score, row.Alarm)));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task Daylight_saving_changes_no_score(int seconds)
    {
        var right = await ReplayAsync(Table());

        var shifted = await ReplayAsync(Table(change: (row, cells) => cells[0] = Time(row + (row >= 650 ? seconds : 0))));

        Assert.Equal(right.Rows.Select(row => (row.Score, row.Alarm)), shifted.Rows.Select(row => (row.Score, row.Alarm)));
    }

    [Fact]
    public async Task A_file_ten_times_as_long_scores_its_beginning_alike_and_every_row_once()
    {
        var once = await ReplayAsync(Table(withFault: false));

        var tenTimes = await ReplayAsync(Table(withFault: false, rows: 10 * Rows));

        Assert.Equal(10 * Rows, tenTimes.Rows.Length);
        Assert.Equal(once.Rows, tenTimes.Rows[..Rows]);
        Assert.Equal(0, tenTimes.AlarmRows(0, 10 * Rows));
        Assert.All(tenTimes.Rows[Calibrate..], row => Assert.NotEmpty(row.Score));
    }

    [Fact]
    public async Task A_machine_that_is_read_ten_times_as_fast_is_watched_at_the_models_rate()
    {
        var fast = await ReplayAsync(Table(rows: 10 * Rows, change: (row, cells) =>
        {
            cells[0] = Start.AddSeconds(row * 0.1).ToString("yyyy-MM-dd HH:mm:ss.f", CultureInfo.InvariantCulture);
            cells[1] = row is >= FaultAt and < 10 * FaultAt ? (double.Parse(cells[1], CultureInfo.InvariantCulture) + 3).ToString("F5", CultureInfo.InvariantCulture) : cells[1];
        }), rateHz: 10);

        Assert.Equal(0, fast.AlarmRows(0, 10 * FaultAt));
        Assert.InRange(fast.FirstAlarm(10 * FaultAt), 10 * FaultAt, (10 * FaultAt) + 400);
        Assert.Equal((10 * Rows) - (10 * Calibrate), fast.Rows.Count(row => row.Score.Length > 0) * 10);
    }

    private static string Time(int second) => Start.AddSeconds(second).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A healthy machine whose flow falls by six sigma at the fault.</summary>
    private static List<string[]> Table(bool withFault = true, int rows = Rows, Action<int, string[]>? change = null)
    {
        var random = new Random(7);
        double Noise(double level, double sigma) => level + (sigma * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2);
        var table = new List<string[]> { Columns };
        for (var row = 0; row < rows; row++)
        {
            var fault = withFault && row >= FaultAt ? -3.0 : 0;
            double[] values =
            [
                Noise(32, 0.5) + fault, Noise(0.3, 0.05), Noise(1.3, 0.05), Noise(0.027, 0.0005), Noise(0.04, 0.0005), Noise(79, 0.3), Noise(26, 0.05),
                Noise(233, 2),
            ];
            string[] cells = [Time(row), .. values.Select(value => value.ToString("F5", CultureInfo.InvariantCulture)), row >= FaultAt ? "1" : "0"];
            change?.Invoke(row, cells);
            table.Add(cells);
        }

        return table;
    }

    private async Task<Replayed> ReplayAsync(List<string[]> table, int stuckAfterSeconds = 60, int rateHz = 1)
    {
        var result = await RunAsync(table, stuckAfterSeconds, rateHz);
        Assert.True(result.ExitCode == 0, result.Errors);
        var scores = await File.ReadAllTextAsync(_bench.File("scores.csv"));
        var rows = scores.Split('\n')[1..^1].Select(line => line.Split(',')).Select(cells => new ScoreRow(cells[1], cells[3], cells[4])).ToArray();
        Assert.Equal(table.Count - 1, rows.Length);
        return new Replayed(scores, rows, await File.ReadAllTextAsync(_bench.File("decisions.jsonl")));
    }

    private async Task<CliResult> RunAsync(List<string[]> table, int stuckAfterSeconds = 60, int rateHz = 1)
    {
        await File.WriteAllLinesAsync(_bench.File("input.csv"), table.Select(cells => string.Join(';', cells)));
        var config = (await File.ReadAllTextAsync(Repository.Config("water-pump.json")))
            .Replace("../models/", Path.GetDirectoryName(Repository.Package("process-anomaly")) + "/", StringComparison.Ordinal)
            .Replace("faults/centrifugal-pump.json", Repository.Config("faults/centrifugal-pump.json"), StringComparison.Ordinal);
        config = System.Text.RegularExpressions.Regex.Replace(config, "\"stuckAfterSeconds\": \\d+", $"\"stuckAfterSeconds\": {stuckAfterSeconds}");
        config = System.Text.RegularExpressions.Regex.Replace(config, "\"explanation\": {[^}]*}", "\"explanation\": {}");
        config = config.Replace("\"rateHz\": 1,", $"\"rateHz\": {rateHz},", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_bench.Config, config);
        return await Cli.RunAsync(
            "replay", "--config", _bench.Config, "--input", _bench.File("input.csv"), "--calibrate-rows", $"{rateHz * Calibrate}",
            "--scores", _bench.File("scores.csv"), "--decisions", _bench.File("decisions.jsonl"));
    }

    private sealed record ScoreRow(string Score, string Alarm, string Health);

    private sealed record Replayed(string Scores, ScoreRow[] Rows, string Decisions)
    {
        public int AlarmRows(int from, int to) => Rows[from..to].Count(row => row.Alarm == "1");

        public int FirstAlarm(int from) => Array.FindIndex(Rows, from, row => row.Alarm == "1");
    }
}
