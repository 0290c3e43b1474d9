using System.Globalization;
using System.Text.Json;

namespace EdgeAgent.EndToEnd;

/// <summary>`edgeagent replay` on real recordings, and on everything that can be wrong with a CSV file.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Header = "datetime;Accelerometer1RMS;Accelerometer2RMS;Current;Pressure;Temperature;Thermocouple;Voltage;Volume Flow RateRMS";

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [RecordingFact]
    public async Task A_real_valve_fault_is_raised_and_explained_and_two_runs_are_byte_identical()
    {
        var input = Path.Combine(Repository.SharedData, "skab-dev", "valve1", "0.csv");
        var first = await ReplayAsync(input, "1");
        var second = await ReplayAsync(input, "2");

        Assert.Equal(await File.ReadAllBytesAsync(first.Scores), await File.ReadAllBytesAsync(second.Scores));
        var data = (await File.ReadAllLinesAsync(input))[1..];
        var rows = (await File.ReadAllLinesAsync(first.Scores))[1..];
        Assert.Equal(data.Length, rows.Length);
        Assert.All(data.Zip(rows), pair => Assert.Equal(pair.First.Split(';')[0], pair.Second.Split(',')[0]));

        var onset = Array.FindIndex(data, line => line.Split(';')[9] == "1.0");
        var alarm = Array.FindIndex(rows, onset, line => line.Split(',')[3] == "1");
        Assert.InRange(alarm - onset, 0, 120);

        var messages = (await File.ReadAllLinesAsync(first.Decisions)).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var raised = messages.First(message => Subscriber.Text(message, "event") == "raised" && Subscriber.Text(message, "kind") == "machine"
            && DateTime.Parse(Subscriber.Text(message, "at")!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) >= At(data[onset]));
        var diagnosis = messages.Single(message => Subscriber.Text(message, "schema") == "edgeagent/diagnosis/1" && Subscriber.Text(message, "alarmId") == Subscriber.Text(raised, "alarmId"));
        Assert.True(diagnosis.GetProperty("grounded").GetBoolean());
    }

    [RecordingTheory]
    [InlineData("other/6.csv", "settled-at-new-level")]
    [InlineData("valve2/0.csv", "back-to-normal")]
    public async Task The_end_of_an_alarm_says_whether_the_machine_came_back(string recording, string expected)
    {
        var replayed = await ReplayAsync(Path.Combine(Repository.SharedData, "skab-dev", recording), "1");

        var messages = (await File.ReadAllLinesAsync(replayed.Decisions)).Select(line => JsonDocument.Parse(line).RootElement);
        var cleared = messages.First(message => Subscriber.Text(message, "event") == "cleared" && Subscriber.Text(message, "kind") == "machine");
        Assert.Equal(expected, Subscriber.Text(cleared, "code"));
    }

    [Fact]
    public async Task A_missing_column_is_named_with_the_file_and_line()
    {
        var result = await ReplayRowsAsync(Header.Replace(";Current", "", StringComparison.Ordinal), ["2026-01-01 00:00:00;1;1;1;1;1;1;1"]);

        result.AssertOneLineError(2, "input.csv", "line 1", "Current");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(Header + "\n", "header only")]
    public async Task A_file_without_rows_is_one_clear_error(string content, string expected)
    {
        await File.WriteAllTextAsync(_bench.File("input.csv"), content);

        (await ReplayFileAsync()).AssertOneLineError(2, "input.csv", expected);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_one_clear_error() => (await ReplayFileAsync()).AssertOneLineError(2, "input.csv");

    [Fact]
    public async Task A_run_of_NaN_and_broken_lines_are_health_verdicts_and_every_row_has_its_score_row()
    {
        var rows = Enumerable.Range(0, 500).Select(i => i switch
        {
            >= 300 and < 320 => Row(i).Replace(";32.", ";NaN", StringComparison.Ordinal),
            350 => "broken",
            351 => Row(i) + ";1;2;3",
            _ => Row(i),
        });

        var result = await ReplayRowsAsync(Header, rows);

        Assert.True(result.ExitCode == 0, result.Errors);
        var health = (await File.ReadAllLinesAsync(_bench.File("scores.csv")))[1..].Select(line => line.Split(',')[4]).ToArray();
        Assert.Equal(500, health.Length);
        Assert.All(health[300..320], verdict => Assert.Equal("missing", verdict));
        Assert.Equal(["missing", "missing"], health[350..352]);
        Assert.Equal("ok", health[349]);
        var decisions = await File.ReadAllTextAsync(_bench.File("decisions.jsonl"));
        Assert.Contains("sensor-missing", decisions);
    }

    [Fact]
    public async Task An_output_never_overwrites_the_recording()
    {
        await File.WriteAllLinesAsync(_bench.File("input.csv"), [Header, Row(0)]);
        var before = await File.ReadAllTextAsync(_bench.File("input.csv"));

        var result = await Cli.RunAsync(
            "replay", "--config", Repository.Config("water-pump.json"), "--input", _bench.File("input.csv"), "--scores", _bench.File("input.csv"));

        result.AssertOneLineError(2, "input.csv", "named twice");
        Assert.Equal(before, await File.ReadAllTextAsync(_bench.File("input.csv")));
    }

    [Fact]
    public async Task Too_few_rows_to_calibrate_say_how_many_are_needed()
    {
        var result = await ReplayRowsAsync(Header, Enumerable.Range(0, 100).Select(Row));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("cannot calibrate", result.Errors);
    }

    [Fact]
    public async Task A_damaged_package_is_refused_with_3()
    {
        var package = Directory.CreateDirectory(_bench.File("package")).FullName;
        foreach (var file in Directory.GetFiles(Repository.Package("process-anomaly")))
        {
            File.Copy(file, Path.Combine(package, Path.GetFileName(file)));
        }

        await File.AppendAllTextAsync(Path.Combine(package, "score.onnx"), "x");
        var config = (await File.ReadAllTextAsync(Repository.Config("water-pump.json")))
            .Replace("../models/process-anomaly", package, StringComparison.Ordinal)
            .Replace("faults/centrifugal-pump.json", Repository.Config("faults/centrifugal-pump.json"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(_bench.Config, config);
        await File.WriteAllTextAsync(_bench.File("input.csv"), Header + "\n" + Row(0));

        var result = await Cli.RunAsync("replay", "--config", _bench.Config, "--input", _bench.File("input.csv"), "--calibrate-rows", "400");

        result.AssertOneLineError(3, "score.onnx", "bytes");
    }

    private static DateTime At(string row) => DateTime.Parse(row.Split(';')[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static string Row(int i)
    {
        var random = new Random(i);
        double Noise(double level) => level * (1 + (0.01 * (random.NextDouble() - 0.5)));
        return string.Create(CultureInfo.InvariantCulture,
            $"{new DateTime(2026, 1, 1).AddSeconds(i):yyyy-MM-dd HH:mm:ss};{Noise(0.027):F6};{Noise(0.04):F6};{Noise(1.3):F5};{Noise(0.3):F5};{Noise(79):F3};{Noise(26):F3};{Noise(233):F2};32.{random.Next(100):D2}");
    }

    private async Task<CliResult> ReplayRowsAsync(string header, IEnumerable<string> rows)
    {
        await File.WriteAllLinesAsync(_bench.File("input.csv"), [header, .. rows]);
        return await ReplayFileAsync();
    }

    private Task<CliResult> ReplayFileAsync() => Cli.RunAsync(
        "replay", "--config", Repository.Config("water-pump.json"), "--input", _bench.File("input.csv"), "--calibrate-rows", "280",
        "--scores", _bench.File("scores.csv"), "--decisions", _bench.File("decisions.jsonl"));

    private async Task<(string Scores, string Decisions)> ReplayAsync(string input, string name)
    {
        var (scores, decisions) = (_bench.File($"{name}.csv"), _bench.File($"{name}.jsonl"));
        var result = await Cli.RunAsync(
            "replay", "--config", Repository.Config("water-pump.json"), "--input", input, "--calibrate-rows", "400", "--scores", scores, "--decisions", decisions);
        Assert.True(result.ExitCode == 0, result.Errors);
        return (scores, decisions);
    }
}
