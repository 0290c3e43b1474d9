using System.Text.Json;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>Commands to the service over a real broker, from a real client.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly object AllCommands = new { allow = new[] { "acknowledge", "calibrate", "feedback", "log-level", "reset", "restart-pipeline", "shelve", "status", "unshelve" } };

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Status_tells_how_the_agent_is_and_log_level_changes_what_it_logs()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var agent = await StartAsync(broker, AllCommands);

        var level = await Commander.AskAsync(broker.Port, "log-level", """{"id":"l-1","who":"test","arguments":{"level":"warning","seconds":600}}""");
        var status = await Commander.AskAsync(broker.Port, "status", """{"id":"s-1"}""");

        Assert.Equal("done", level.Text("result"));
        Assert.Equal("done", status.Text("result"));
        var data = status!.Value.GetProperty("data");
        Assert.Equal("warning", data.GetProperty("logLevel").GetString());
        Assert.Equal($"127.0.0.1:{broker.Port}", data.GetProperty("broker").GetProperty("endpoint").GetString());
        Assert.Equal((1, 1), (data.GetProperty("broker").GetProperty("number").GetInt32(), data.GetProperty("broker").GetProperty("of").GetInt32()));
        Assert.Equal("process-anomaly", data.GetProperty("models")[0].GetProperty("name").GetString());
        Assert.True(data.GetProperty("readings").GetInt64() > 0);
        Assert.Equal(JsonValueKind.Null, data.GetProperty("calibration").ValueKind);

        // Only warnings are logged now: the stop is silent.
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        Assert.DoesNotContain(agent.Lines, line => line.Contains("Ended:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Status_names_the_language_model_once_it_has_explained()
    {
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(
            Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 70, lasts: 100_000),
            broker.Port,
            explanation: new { package = Repository.Package("pump-language"), timeoutSeconds = 55 },
            commands: AllCommands);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "machine" && Subscriber.Text(body, "event") == "raised");
        var diagnosis = await subscriber.WaitForAsync((topic, _) => topic.EndsWith("/diagnosis", StringComparison.Ordinal));

        var models = (await Commander.AskAsync(broker.Port, "status", """{"id":"s"}"""))!.Value.GetProperty("data").GetProperty("models");

        Assert.Equal(["anomaly", "language"], models.EnumerateArray().Select(model => Subscriber.Text(model, "kind")));
        Assert.Equal(diagnosis.GetProperty("model").GetProperty("sha256").GetString(), Subscriber.Text(models[1], "sha256"));
    }

    [Fact]
    public async Task A_restart_of_the_pipeline_happens_once_however_often_it_is_asked_for_and_also_after_a_restart_of_the_agent()
    {
        const string Payload = """{"id":"r-1","who":"test"}""";
        await using var broker = await MosquittoBroker.StartAsync();
        string first, again, afterKill;
        await using (var agent = await StartAsync(broker, AllCommands))
        {
            first = JsonSerializer.Serialize(await Commander.AskAsync(broker.Port, "restart-pipeline", Payload));
            await agent.WaitForLinesAsync("Commands are taken", 2);
            again = JsonSerializer.Serialize(await Commander.AskAsync(broker.Port, "restart-pipeline", Payload));

            // A command that is answered behind it shows that no second restart is under way.
            Assert.Equal("done", (await Commander.AskAsync(broker.Port, "status", """{"id":"s"}""")).Text("result"));
            Assert.Equal(2, agent.Lines.Count(line => line.Contains("MQTT connected", StringComparison.Ordinal)));
            await agent.KillAsync();
        }

        await using (var agent = await StartAsync(broker, AllCommands))
        {
            afterKill = JsonSerializer.Serialize(await Commander.AskAsync(broker.Port, "restart-pipeline", Payload));
            Assert.Equal("done", (await Commander.AskAsync(broker.Port, "status", """{"id":"s"}""")).Text("result"));
            Assert.Single(agent.Lines, line => line.Contains("MQTT connected", StringComparison.Ordinal));
        }

        Assert.Contains("\"done\"", first);
        Assert.Equal(first, again);
        Assert.Equal(first, afterKill);
    }

    [Fact]
    public async Task Calibrate_makes_a_new_calibration_and_tells_when_it_began_and_ended()
    {
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(new { kind = "simulated", seed = 5, speed = 400 }, broker.Port, commands: AllCommands);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Commands are taken");

        Assert.Equal("done", (await Commander.AskAsync(broker.Port, "calibrate", """{"id":"c-1","who":"shift 2"}""")).Text("result"));
        var started = await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "code") == "calibration-started");
        var ended = await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "code") == "calibrated");

        Assert.Equal(("c-1", "shift 2"), (Subscriber.Text(started.GetProperty("data"), "command"), Subscriber.Text(started.GetProperty("data"), "who")));
        Assert.Equal("0002", Subscriber.Text(ended.GetProperty("data"), "calibration"));
        var shown = await Cli.RunAsync("calibrations", "show", "0002", "--data-dir", _bench.Data, "--json");
        Assert.Contains("\"command\"", shown.Output);
    }

    [Fact]
    public async Task Calibrate_is_refused_while_a_machine_alarm_stands()
    {
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 70, lasts: 100_000), broker.Port, commands: AllCommands);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "machine" && Subscriber.Text(body, "event") == "raised");

        var refused = await Commander.AskAsync(broker.Port, "calibrate", """{"id":"c-1"}""");

        Assert.Equal(("refused", "alarm-stands"), (refused.Text("result"), refused.Text("code")));
        var status = await Commander.AskAsync(broker.Port, "status", """{"id":"s"}""");
        Assert.False(status!.Value.GetProperty("data").GetProperty("calibrating").GetBoolean());
        Assert.Equal("0001", status.Value.GetProperty("data").GetProperty("calibration").GetString());
    }

    [Fact]
    public async Task A_command_that_a_kill_interrupted_is_told_so_and_not_begun_again()
    {
        const string Payload = """{"id":"c-1"}""";
        await using var broker = await MosquittoBroker.StartAsync();

        // One reading in a hundred seconds: the calibration waits for the next one when the agent dies.
        _bench.Configure(new { kind = "simulated", seed = 3, speed = 0.01 }, broker.Port, commands: AllCommands);
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            await agent.WaitForLineAsync("Commands are taken");
            Assert.Equal("done", (await Commander.AskAsync(broker.Port, "log-level", """{"id":"l-1","arguments":{"level":"debug"}}""")).Text("result"));
            Assert.Null(await Commander.AskAsync(broker.Port, "calibrate", Payload, seconds: 2));
            await agent.KillAsync();
        }

        await using var next = await StartAsync(broker, AllCommands);
        var interrupted = await Commander.AskAsync(broker.Port, "calibrate", Payload);
        Assert.Equal(("failed", "interrupted"), (interrupted.Text("result"), interrupted.Text("code")));
        var status = await Commander.AskAsync(broker.Port, "status", """{"id":"s"}""");
        Assert.False(status!.Value.GetProperty("data").GetProperty("calibrating").GetBoolean());
    }

    [Fact]
    public async Task What_the_config_does_not_allow_has_no_effect()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var agent = await StartAsync(broker, new { allow = new[] { "status" } });

        var refused = await Commander.AskAsync(broker.Port, "restart-pipeline", """{"id":"r-1"}""");

        Assert.Equal(("rejected", "not-allowed"), (refused.Text("result"), refused.Text("code")));
        Assert.Equal("rejected", (await Commander.AskAsync(broker.Port, "calibrate", """{"id":"c-1"}""")).Text("result"));
        Assert.Equal("rejected", (await Commander.AskAsync(broker.Port, "log-level", """{"id":"l-1","arguments":{"level":"error"}}""")).Text("result"));
        var data = (await Commander.AskAsync(broker.Port, "status", """{"id":"s"}"""))!.Value.GetProperty("data");
        Assert.Equal(("information", false), (data.GetProperty("logLevel").GetString(), data.GetProperty("calibrating").GetBoolean()));
        Assert.Equal(3, data.GetProperty("commands").GetProperty("rejected").GetProperty("not-allowed").GetInt32());
        Assert.Single(agent.Lines, line => line.Contains("MQTT connected", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_an_allowed_command_nothing_is_subscribed_to(bool emptyList)
    {
        await using var broker = await MosquittoBroker.StartAsync("log_type all");
        await using var agent = await StartAsync(broker, emptyList ? new { allow = Array.Empty<string>() } : null, takesCommands: false);

        Assert.Null(await Commander.AskAsync(broker.Port, "status", """{"id":"s"}""", seconds: 2));
        Assert.DoesNotContain("command/+", broker.Log);
        Assert.Single(agent.Lines, line => line.Contains("MQTT connected", StringComparison.Ordinal));
    }

    private async Task<AgentProcess> StartAsync(MosquittoBroker broker, object? commands, bool takesCommands = true)
    {
        _bench.Configure(new { kind = "simulated", seed = 3, speed = 20 }, broker.Port, commands: commands);
        var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync(takesCommands ? "Commands are taken" : "MQTT connected");
        return agent;
    }
}
