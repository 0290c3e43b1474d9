using System.Globalization;
using System.Text.Json;

namespace EdgeAgent.EndToEnd;

/// <summary>What a calibration and the references that grow from it live through: kills, restarts, other versions.</summary>
public sealed class CalibrationTests : IDisposable
{
    private readonly Workbench _bench = new();

    private string StatesPath => Path.Combine(_bench.Data, "states.json");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_killed_agent_goes_on_from_the_references_that_it_had_and_a_rollback_starts_them_afresh()
    {
        await _bench.CalibrateAsync();
        await _bench.CalibrateAsync();
        _bench.Configure(Workbench.Pump(speed: 400, "leak", startSeconds: 1e6, lasts: 60), port: null);
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            await agent.WaitForLineAsync("Using calibration 0002");
            await FileAppearsAsync(StatesPath);
            await agent.KillAsync();
        }

        var kept = Reference();
        Assert.NotEqual(Center("0002"), kept);
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            await agent.WaitForLineAsync("Going on from the states of");

            var rollback = await Cli.RunAsync("calibrations", "rollback", "--config", _bench.Config, "--data-dir", _bench.Data);
            Assert.True(rollback.ExitCode == 0, rollback.Errors);
            agent.HangUp();
            await agent.WaitForLineAsync("Using calibration 0001");
            await agent.WaitForLineAsync("belongs to calibration 0002, and 0001 is in use");
            Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        }

        Assert.Equal("0001", States().GetProperty("calibration").GetString());
    }

    [Fact]
    public async Task A_level_that_the_operator_accepts_is_taken_by_the_running_agent_on_SIGHUP()
    {
        await _bench.CalibrateAsync();
        _bench.Configure(Workbench.Pump(speed: 400, "leak", startSeconds: 1e6, lasts: 60), port: null);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await FileAppearsAsync(StatesPath);

        var accepted = await Cli.RunAsync("calibrations", "accept", "--channel", "Flow", "--data-dir", _bench.Data, "--json");
        Assert.True(accepted.ExitCode == 0, accepted.Errors);
        Assert.Equal("0002", JsonDocument.Parse(accepted.Output).RootElement.GetProperty("active").GetString());
        agent.HangUp();
        await agent.WaitForLineAsync("Using calibration 0002 (accepted-level");
        await agent.WaitForLineAsync("Going on from the states of");

        Assert.NotEqual(Center("0001")[0], Center("0002")[0]);
        Assert.Equal(Center("0001")[1..], Center("0002")[1..]);
    }

    [Fact]
    public async Task A_replay_tells_whether_its_rows_were_enough_and_writes_the_drift_that_follows()
    {
        var random = new Random(6);
        var rows = Enumerable.Range(0, 5000).Select(i => string.Join(',', Enumerable.Range(0, 8).Select(channel =>
            Number(20 + random.NextDouble() + random.NextDouble() + (channel == 6 ? 12 * Math.Clamp((i - 2100) / 1500.0, 0, 1) : 0)))));
        await File.WriteAllLinesAsync(
            _bench.File("slow.csv"),
            ["Flow,Pressure,Motor current,Vibration 1,Vibration 2,Motor temperature,Fluid temperature,Voltage", .. rows]);
        _bench.Configure(new { kind = "csv", path = _bench.File("slow.csv") }, port: null);

        var result = await Cli.RunAsync(
            "replay", "--config", _bench.Config, "--input", _bench.File("slow.csv"), "--calibrate-rows", "2000", "--decisions", _bench.File("out.jsonl"));

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("long enough     33.3 min", result.Output);
        var notice = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(_bench.File("out.jsonl")))).RootElement;
        PayloadSchema.AssertValid("decision.schema.json", notice);
        Assert.Equal(("agent", "notice", "drift", "warning"), (
            Subscriber.Text(notice, "kind"), Subscriber.Text(notice, "event"), Subscriber.Text(notice, "code"), Subscriber.Text(notice, "severity")));
        var data = notice.GetProperty("data");
        Assert.Equal("Fluid temperature", Subscriber.Text(data, "channel"));
        Assert.Equal("slow", Subscriber.Text(data, "reason"));
        Assert.True(double.Parse(Subscriber.Text(data, "deviationSigma")!, CultureInfo.InvariantCulture) > 8);
    }

    [Fact]
    public async Task What_the_commands_refuse_is_one_line()
    {
        (await Cli.RunAsync("calibrations", "list", "--data-dir", _bench.File("nothing"))).AssertOneLineError(2, "nothing", "--data-dir");
        await _bench.CalibrateAsync();
        (await Cli.RunAsync("calibrations", "show", "seven", "--data-dir", _bench.Data)).AssertOneLineError(2, "found seven", "0001");
        (await Cli.RunAsync("calibrations", "compare", "0001", "0002", "--data-dir", _bench.Data)).AssertOneLineError(2, "0002.json", "does not exist");
        (await Cli.RunAsync("calibrations", "accept", "--data-dir", _bench.Data)).AssertOneLineError(2, "states.json");

        var config = await File.ReadAllTextAsync(_bench.Config);
        await File.WriteAllTextAsync(_bench.Config, config.Replace("\"id\":\"P-1\"", "\"id\":\"P-2\"", StringComparison.Ordinal));
        (await Cli.RunAsync("calibrations", "rollback", "0001", "--config", _bench.Config, "--data-dir", _bench.Data))
            .AssertOneLineError(2, "0001.json", "made for machine P-1, and this is P-2");
        (await Cli.RunAsync("replay", "--config", _bench.Config, "--input", _bench.File("no.csv"), "--data-dir", _bench.Data))
            .AssertOneLineError(2, "made for machine P-1, and this is P-2", "calibrate first");
    }

    private static string Number(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static async Task FileAppearsAsync(string path)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => come.TrySetResult();
        watcher.EnableRaisingEvents = true;
        if (!File.Exists(path))
        {
            await come.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    private JsonElement States() => JsonDocument.Parse(File.ReadAllBytes(StatesPath)).RootElement;

    private float[] Reference() => Floats(States().GetProperty("modes")[0].GetProperty("tensors").GetProperty("reference_in"));

    private float[] Center(string id) => Floats(JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_bench.Data, "calibrations", id + ".json")))
        .RootElement.GetProperty("calibration").GetProperty("modes")[0].GetProperty("baseline").GetProperty("center"));

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetSingle())];
}
