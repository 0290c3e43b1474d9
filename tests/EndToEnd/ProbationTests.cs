using System.Text.Json.Nodes;
using EdgeAgent.Tests.Mqtt;
using static EdgeAgent.EndToEnd.SwapBench;

namespace EdgeAgent.EndToEnd;

/// <summary>Models that pass every test before they are used and fail afterwards.</summary>
public sealed class ProbationTests : IDisposable
{
    private readonly SwapBench _swaps = new();

    private Workbench Bench => _swaps.Bench;

    public void Dispose() => _swaps.Dispose();

    [Theory]
    [InlineData("NaN", "which is no number")]
    [InlineData("exception", "it failed on a live window")]
    public async Task A_model_that_fails_on_a_live_window_is_taken_back_and_that_window_is_scored_by_the_one_before(string failure, string reason)
    {
        var package = await FailingAsync(failure == "NaN" ? FailingGraphs.NoNumber() : FailingGraphs.Throws());
        await Bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _swaps.Configure(Workbench.Pump(speed: 120, "discharge-restriction", startSeconds: 4800, lasts: 300, durationSeconds: 5400), broker.Port, shadowMinutes: 2, probationMinutes: 600);
        await using var agent = _swaps.Start();
        await agent.WaitForLineAsync("Using calibration 0001");

        _swaps.Shop.Drop(package, "failing");

        Assert.Equal("9.0.0", Text(await NoticeAsync(subscriber, "model-activated"), "version"));
        var back = await NoticeAsync(subscriber, "model-rolled-back");
        Assert.Equal(("9.0.0", "0.2.0"), (Text(back, "version"), Text(back, "to")));
        Assert.Contains(reason, Text(back, "why"));
        var raised = await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "machine" && Subscriber.Text(body, "event") == "raised");
        Assert.Equal("0.2.0", raised.GetProperty("models")[0].GetProperty("version").GetString());
        PayloadSchema.AssertValid("model-outcome.schema.json", await _swaps.Shop.OutcomeAsync(agent, "failing", "rolled-back"));
        Assert.False(_swaps.Shop.Slots().TryGetProperty("active", out _));

        _swaps.Shop.Drop(package, "again");
        Assert.Contains("went back from process-anomaly 9.0.0 before", (await _swaps.Shop.OutcomeAsync(agent, "again", "refused")).GetProperty("reason").GetString());

        // 5400 readings a second apart, and a window is full from the 60th on: none was missed, whoever scored it.
        Assert.Equal(0, (await agent.EndAsync()).ExitCode);
        Assert.Contains("5341 windows scored", Assert.Single(agent.Lines, line => line.Contains("Ended:", StringComparison.Ordinal)));

        (await InstallAsync(package)).AssertOneLineError(3, "--again");
        Assert.Equal(0, (await InstallAsync(package, "--again")).ExitCode);
    }

    [Fact]
    public async Task Three_starts_that_die_young_give_the_model_up_at_the_fourth()
    {
        var package = await _swaps.Shop.VersionAsync("0.2.1", 3, "0.2.0");
        await Bench.CalibrateAsync();
        _swaps.Configure(Healthy(speed: 10), port: null, shadowMinutes: 0, probationMinutes: 600);
        await using (var agent = _swaps.Start())
        {
            await agent.WaitForLineAsync("Using calibration 0001");
            _swaps.Shop.Drop(package, "new");
            await _swaps.Shop.OutcomeAsync(agent, "new", "activated");
            await agent.KillAsync();
        }

        _swaps.Configure(Healthy(speed: 1), port: null, shadowMinutes: 0, probationMinutes: 600);
        for (var starts = 1; starts <= 3; starts++)
        {
            await using var dies = _swaps.Start();
            await dies.WaitForLineAsync("Using calibration 0002");
            Assert.Equal(starts, _swaps.Shop.Slots().GetProperty("probation").GetProperty("starts").GetInt32());
            await dies.KillAsync();
        }

        await using var last = _swaps.Start();
        await last.WaitForLineAsync("Using calibration 0001");
        await last.WaitForLineAsync("Package new.eapkg: rolled-back: the agent was started 3 times with it");
        Assert.Equal(0, (await last.TerminateAsync()).ExitCode);
        Assert.False(_swaps.Shop.Slots().TryGetProperty("active", out _));
        Assert.Contains("\"model-rolled-back\"", (await Cli.RunAsync("outbox", "peek", "--data-dir", Bench.Data, "--limit", "100")).Output);
    }

    [Fact]
    public async Task A_start_that_lasts_counts_as_a_good_one_and_the_probation_goes_on_with_the_model_before_beside_it()
    {
        var package = await FailingAsync(FailingGraphs.NoNumber());
        await Bench.CalibrateAsync();
        _swaps.Configure(Healthy(speed: 60), port: null, shadowMinutes: 0, probationMinutes: 600);
        await using (var agent = _swaps.Start())
        {
            await agent.WaitForLineAsync("Using calibration 0001");
            _swaps.Shop.Drop(package, "new");
            await _swaps.Shop.OutcomeAsync(agent, "new", "activated");
            await agent.KillAsync();
        }

        _swaps.Configure(Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 600, lasts: 300), port: null, shadowMinutes: 0, probationMinutes: 600);
        await using var again = _swaps.Start();
        await again.WaitForLineAsync("Went back from process-anomaly 9.0.0");
        await again.WaitForLineAsync("Machine alarm raised");
        Assert.Equal(0, (await again.TerminateAsync()).ExitCode);
    }

    private Task<CliResult> InstallAsync(string package, params string[] more) =>
        Cli.RunAsync(["model", "install", package, "--keys", _swaps.Shop.Keys, "--config", Bench.Config, "--data-dir", Bench.Data, .. more]);

    /// <summary>In the place of the shipped process package, by its name.</summary>
    private Task<string> FailingAsync(byte[] score) => _swaps.Shop.PackAsync(
        "process-anomaly",
        manifest =>
        {
            (manifest["version"], manifest["sequence"]) = ("9.0.0", 90);
            manifest["anomaly"] = JsonNode.Parse("""
                {
                  "sampleRateHz": 1, "windowSamples": 4, "hopSamples": 1,
                  "inputs": [{"role": "flow", "unit": "l/min", "required": true}],
                  "score": {"graph": "score.onnx", "window": "window", "present": null, "hold": null, "score": "score", "channelScores": "channel_scores",
                    "states": [], "baselines": [{"name": "b", "shape": [1]}]},
                  "fit": {"graph": "fit.onnx", "windows": "windows", "present": null, "minWindows": 1},
                  "timeConstants": [], "center": "b", "sigma": "b", "reference": null,
                  "threshold": {"falseAlarmRate": 0.001, "minimum": 2}, "alarm": {"onDelaySeconds": 1, "offDelaySeconds": 1, "clearBelow": 0.5}
                }
                """);
        },
        ("score.onnx", score),
        ("fit.onnx", FailingGraphs.Fit()),
        ("selftest.json", FailingGraphs.Golden()));
}
