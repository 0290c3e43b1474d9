using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Tests.Mqtt;
using static EdgeAgent.EndToEnd.SwapBench;

namespace EdgeAgent.EndToEnd;

/// <summary>Models that are swapped while the agent watches, from the file to the decision at the broker.</summary>
public sealed class SwapTests : IDisposable
{
    private readonly SwapBench _swaps = new();

    private Workbench Bench => _swaps.Bench;

    public void Dispose() => _swaps.Dispose();

    [Fact]
    public async Task A_package_that_is_handed_over_runs_beside_the_one_in_use_and_then_decides_with_its_calibration()
    {
        var package = await _swaps.Shop.VersionAsync("0.2.1", 3, "0.2.0");
        await Bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _swaps.Configure(Healthy(speed: 60), broker.Port, shadowMinutes: 3, probationMinutes: 2);
        await using var agent = _swaps.Start();
        await agent.WaitForLineAsync("Using calibration 0001");

        var installed = await Cli.RunAsync("model", "install", package, "--data-dir", Bench.Data, "--json");

        Assert.True(installed.ExitCode == 0, installed.Errors);
        Assert.Equal("shadowing", JsonElement.Parse(installed.Output).GetProperty("verdict").GetString());
        var begun = await NoticeAsync(subscriber, "model-shadowing");
        Assert.Equal(("0.2.1", "3", "0001, carried over from 0.2.0"), (Text(begun, "version"), Text(begun, "minutes"), Text(begun, "calibration")));
        var active = await NoticeAsync(subscriber, "model-activated");
        Assert.Equal(("0.2.1", "0.2.0", "0002", "0"), (Text(active, "version"), Text(active, "before"), Text(active, "calibration"), Text(active, "disagreementPercent")));

        // 181 readings in three minutes, each with a window, unless the agent had just begun itself: its first window was full with the 60th reading.
        Assert.InRange(int.Parse(Text(active, "windows")!, CultureInfo.InvariantCulture), 181 - 59, 181);
        Assert.Equal("0.2.1", Text(await NoticeAsync(subscriber, "model-proven"), "version"));
        Assert.Contains("0.2.1", _swaps.Shop.Slots().GetProperty("active").GetString());
        Assert.Contains("carried-over", (await Cli.RunAsync("calibrations", "list", "--data-dir", Bench.Data)).Output);
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);

        await using var again = _swaps.Start();
        await again.WaitForLineAsync("Using calibration 0002 (carried-over");
        var same = await Cli.RunAsync("model", "install", package, "--data-dir", Bench.Data, "--json");
        Assert.Equal("already-active", JsonElement.Parse(same.Output).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_package_that_does_not_know_the_calibration_in_use_makes_its_own_beside_it()
    {
        var package = await _swaps.Shop.VersionAsync("0.3.0", 4);
        await Bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _swaps.Configure(Healthy(speed: 60), broker.Port, shadowMinutes: 0, probationMinutes: 0);
        await using var agent = _swaps.Start();
        await agent.WaitForLineAsync("Using calibration 0001");

        _swaps.Shop.Drop(package, "new");

        Assert.Equal("made anew beside the model in use", Text(await NoticeAsync(subscriber, "model-shadowing"), "calibration"));
        Assert.Equal("841", Text(await NoticeAsync(subscriber, "model-calibrated"), "windows"));
        Assert.Equal("0002", Text(await NoticeAsync(subscriber, "model-activated"), "calibration"));
        var outcome = await _swaps.Shop.OutcomeAsync(agent, "new", "activated");
        PayloadSchema.AssertValid("model-outcome.schema.json", outcome);
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        var made = JsonElement.Parse((await Cli.RunAsync("calibrations", "show", "2", "--data-dir", Bench.Data, "--json")).Output);
        Assert.Equal(("shadow", "0.3.0"), (made.GetProperty("origin").GetString(), made.GetProperty("calibration").GetProperty("model").GetProperty("version").GetString()));
        Assert.DoesNotContain(subscriber.Messages, message => Subscriber.Text(message.Body, "code") == "uncalibrated");
    }

    [Fact]
    public async Task A_package_that_cries_wolf_is_not_taken_and_the_one_in_use_goes_on()
    {
        var package = await _swaps.Shop.PackAsync("process-anomaly", manifest =>
        {
            (manifest["version"], manifest["sequence"]) = ("0.9.0", 9);
            manifest["anomaly"]!["threshold"] = new JsonObject { ["falseAlarmRate"] = 0.19, ["minimum"] = 0.001 };
        });
        await Bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _swaps.Configure(Healthy(speed: 60), broker.Port, shadowMinutes: 5, probationMinutes: 5);
        await using var agent = _swaps.Start();
        await agent.WaitForLineAsync("Using calibration 0001");

        _swaps.Shop.Drop(package, "wolf");

        var why = Text(await NoticeAsync(subscriber, "model-not-taken"), "why");
        Assert.Matches("its alarm stood in|it disagrees in", why);
        Assert.Equal(why, (await _swaps.Shop.OutcomeAsync(agent, "wolf", "refused")).GetProperty("reason").GetString());
        Assert.False(_swaps.Shop.Slots().TryGetProperty("active", out _));
        Assert.DoesNotContain(subscriber.Messages, message => Subscriber.Text(message.Body, "code") is "model-activated" or "uncalibrated");
        Assert.Empty(Directory.GetFiles(Path.Combine(Bench.Data, "models", "slots"), "*.onnx", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_operator_lists_and_goes_back_over_MQTT()
    {
        var package = await _swaps.Shop.VersionAsync("0.2.1", 3, "0.2.0");
        await Bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        _swaps.Configure(Healthy(speed: 20), broker.Port, shadowMinutes: 0, probationMinutes: 0, commands: new { allow = new[] { "model-list", "model-rollback", "status" } });
        await using var agent = _swaps.Start();
        await agent.WaitForLineAsync("Commands are taken");
        Assert.Equal(0, (await Cli.RunAsync("model", "install", package, "--data-dir", Bench.Data)).ExitCode);

        var list = await Commander.AskAsync(broker.Port, "model-list", """{"id":"m-1"}""");
        var line = Assert.Single(list!.Value.GetProperty("data").GetProperty("packages").EnumerateArray());
        Assert.Equal(("process-anomaly", "active"), (line.GetProperty("name").GetString(), line.GetProperty("state").GetString()));
        Assert.Equal("0.2.1", await VersionInUseAsync(broker.Port));

        var back = await Commander.AskAsync(broker.Port, "model-rollback", """{"id":"m-2","arguments":{"model":"process-anomaly"}}""");
        Assert.Equal("done", back.Text("result"));
        Assert.Equal("0.2.0", await VersionInUseAsync(broker.Port));
        Assert.False(_swaps.Shop.Slots().TryGetProperty("active", out _));
        Assert.Equal("refused", (await Commander.AskAsync(broker.Port, "model-rollback", """{"id":"m-3","arguments":{"model":"process-anomaly"}}""")).Text("result"));
        Assert.Equal("rejected", (await Commander.AskAsync(broker.Port, "model-rollback", """{"id":"m-4"}""")).Text("result"));

        // What an operator went back from may come again.
        Assert.Equal(0, (await Cli.RunAsync("model", "install", package, "--data-dir", Bench.Data)).ExitCode);
        Assert.Equal("0.2.1", await VersionInUseAsync(broker.Port));
    }

    [Fact]
    public async Task A_language_package_explains_from_the_next_alarm_on()
    {
        var package = await _swaps.Shop.PackAsync("pump-language", manifest =>
            (manifest["version"], manifest["sequence"]) = ("9.9.9", manifest["sequence"]!.GetValue<long>() + 1));
        await Bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        object again = new
        {
            kind = "simulated",
            seed = 5,
            speed = 20,
            faults = Enumerable.Range(0, 100).Select(i => new { fault = "discharge-restriction", startSeconds = 120 + (400 * i), durationSeconds = 100, severity = 0.8, rampSeconds = 5 }),
        };
        _swaps.Configure(again, broker.Port, shadowMinutes: 60, probationMinutes: 60, explanation: new { package = Repository.Package("pump-language"), timeoutSeconds = 55 });
        await using var agent = _swaps.Start();
        await agent.WaitForLineAsync("MQTT connected");

        var installed = await Cli.RunAsync("model", "install", package, "--data-dir", Bench.Data);

        Assert.True(installed.ExitCode == 0, installed.Errors);
        Assert.Contains("activated", installed.Output, StringComparison.Ordinal);
        await subscriber.WaitForAsync((topic, body) => topic.EndsWith("/diagnosis", StringComparison.Ordinal) && Subscriber.Text(body, "author") == "model"
            && Subscriber.Text(body.GetProperty("model"), "version") == "9.9.9");
    }

    private static async Task<string?> VersionInUseAsync(int port) =>
        (await Commander.AskAsync(port, "status", """{"id":"s"}"""))!.Value.GetProperty("data").GetProperty("models")[0].GetProperty("version").GetString();
}
