using System.Text.Json;

namespace EdgeAgent.EndToEnd;

/// <summary>The shipped motor config with its vibration package, on simulated bearings and on real ones.</summary>
public sealed class BearingTests : IDisposable
{
    private const int HealthyRows = 120_000;

    private readonly Workbench _bench = new();
    private readonly string _config;

    public BearingTests()
    {
        _config = Path.Combine(_bench.Folder, "motor.json");
        var text = File.ReadAllText(Repository.Config("motor-bearing.json"))
            .Replace("../models/", Path.GetDirectoryName(Repository.Package("vibration-anomaly")) + "/", StringComparison.Ordinal)
            .Replace("faults/rolling-bearing.json", Repository.Config("faults/rolling-bearing.json"), StringComparison.Ordinal);
        File.WriteAllText(_config, System.Text.RegularExpressions.Regex.Replace(text, "\"explanation\": {[^}]*}", "\"explanation\": {}"));
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("bearing-outer-race*0.4", "bearing-outer-race")]
    [InlineData("bearing-inner-race*0.4", "bearing-inner-race")]
    [InlineData("rotor-imbalance*0.4", "rotor-imbalance")]
    [InlineData("misalignment*0.4", "misalignment")]
    public async Task A_simulated_fault_is_raised_and_named_and_nothing_is_before_it(string fault, string expected)
    {
        var parts = fault.Split('*');
        await SucceedAsync("simulate", "--config", _config, "--for", "30", "--fault", $"{parts[0]}@20+10*{parts[1]}", "--out", _bench.File("motor.npy"));

        var messages = await ReplayAsync(_bench.File("motor.npy"), "--calibrate-rows", $"{HealthyRows}");

        var raised = Assert.Single(messages, message => Subscriber.Text(message, "event") == "raised");
        Assert.InRange(raised.GetProperty("at").GetDateTimeOffset(), DateTimeOffset.UnixEpoch.AddSeconds(20), DateTimeOffset.UnixEpoch.AddSeconds(25));
        Assert.Equal(expected, Subscriber.Text(messages.Single(IsDiagnosis), "fault"));
    }

    [RecordingTheory]
    [InlineData("inner-race_007mil_load0.npy", "bearing-inner-race")]
    [InlineData("outer-race_007mil_at6_load1.npy", "bearing-outer-race")]
    [InlineData("ball_014mil_load2.npy", "bearing-unspecific", "bearing-rolling-element")]
    public async Task A_real_bearing_is_raised_and_its_damaged_part_is_named(string recording, params string[] expected)
    {
        var data = Path.Combine(Repository.SharedData, "cwru-dev");
        await SucceedAsync(
            "calibrate", "--config", _config, "--input", Path.Combine(data, "normal_000mil_load0.npy"), "--rows", "121969", "--data-dir", _bench.Data);

        var messages = await ReplayAsync(Path.Combine(data, recording), "--data-dir", _bench.Data);

        Assert.Contains(Subscriber.Text(messages.First(IsDiagnosis), "fault"), expected);
    }

    [RecordingFact]
    public async Task The_healthy_half_of_a_real_motor_raises_nothing()
    {
        var recording = Path.Combine(Repository.SharedData, "cwru-dev", "normal_000mil_load0.npy");

        Assert.Empty(await ReplayAsync(recording, "--calibrate-rows", "121969"));

        var rows = (await File.ReadAllLinesAsync(_bench.File("scores.csv")))[1..].Select(line => line.Split(',')).ToArray();
        Assert.InRange(rows.Length, 25, 35);
        Assert.All(rows, cells => Assert.Equal("0", cells[3]));
    }

    [Fact]
    public async Task A_model_that_needs_the_shafts_speed_says_so()
    {
        await File.WriteAllTextAsync(_config, (await File.ReadAllTextAsync(_config)).Replace("\"shaft\":", "//", StringComparison.Ordinal));

        var result = await Cli.RunAsync("replay", "--config", _config, "--input", _bench.File("none.npy"), "--calibrate-rows", "1");

        result.AssertOneLineError(2, "/machine/shaft", "vibration-anomaly");
    }

    [Theory]
    [InlineData("7999", "8000..25600", "/sampling/rateHz")]
    [InlineData("48000", "8000..25600", "/sampling/rateHz")]
    public async Task A_rate_that_the_model_was_not_made_for_says_what_is_allowed(string rate, string allowed, string key)
    {
        await File.WriteAllTextAsync(_config, (await File.ReadAllTextAsync(_config)).Replace("\"rateHz\": 12000", $"\"rateHz\": {rate}", StringComparison.Ordinal));

        var result = await Cli.RunAsync("replay", "--config", _config, "--input", _bench.File("none.npy"), "--calibrate-rows", "1");

        result.AssertOneLineError(2, key, allowed);
    }

    private static bool IsDiagnosis(JsonElement message) => Subscriber.Text(message, "schema") == "edgeagent/diagnosis/1";

    private static async Task SucceedAsync(params string[] arguments)
    {
        var result = await Cli.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
    }

    private async Task<JsonElement[]> ReplayAsync(string input, params string[] more)
    {
        await SucceedAsync(["replay", "--config", _config, "--input", input, "--scores", _bench.File("scores.csv"), "--decisions", _bench.File("decisions.jsonl"), .. more]);
        return [.. (await File.ReadAllLinesAsync(_bench.File("decisions.jsonl"))).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
