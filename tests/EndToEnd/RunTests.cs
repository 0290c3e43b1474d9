using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>The service on a real broker, with a simulated pump and the shipped packages.</summary>
public sealed class RunTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_fault_becomes_an_alarm_and_then_an_explanation_of_the_same_alarm()
    {
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(
            Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 120, lasts: 240),
            broker.Port,
            explanation: new { package = Repository.Package("pump-language"), timeoutSeconds = 30 });
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);

        var raised = await subscriber.WaitForAsync((topic, body) =>
            topic == "edgeagent/v1/test/bench/decision" && Subscriber.Text(body, "kind") == "machine" && Subscriber.Text(body, "event") == "raised");
        var diagnosis = await subscriber.WaitForAsync((topic, _) => topic == "edgeagent/v1/test/bench/diagnosis");
        var cleared = await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "machine" && Subscriber.Text(body, "event") == "cleared");

        Assert.Equal(Subscriber.Text(raised, "alarmId"), Subscriber.Text(diagnosis, "alarmId"));
        Assert.Equal(Subscriber.Text(raised, "id"), Subscriber.Text(diagnosis, "decisionId"));
        Assert.Equal(Subscriber.Text(raised, "alarmId"), Subscriber.Text(cleared, "alarmId"));
        Assert.True(diagnosis.GetProperty("grounded").GetBoolean());
        Assert.Equal("model", Subscriber.Text(diagnosis, "author"));
        Assert.True(raised.GetProperty("score").GetDouble() > raised.GetProperty("threshold").GetDouble());
        Assert.NotEmpty(raised.GetProperty("evidence").EnumerateArray());
        foreach (var (topic, body) in subscriber.Messages.Where(message => message.Topic.EndsWith("/decision", StringComparison.Ordinal) || message.Topic.EndsWith("/diagnosis", StringComparison.Ordinal)))
        {
            PayloadSchema.AssertValid(topic.Split('/')[^1] + ".schema.json", body);
        }
    }

    [Fact]
    public async Task What_is_decided_while_the_broker_is_away_arrives_when_it_is_back()
    {
        await using var broker = await MosquittoBroker.StartAsync(folder => ["persistence true", $"persistence_location {folder}/"]);
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.RainOfAlarms(speed: 40), broker.Port);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "sensor");

        await broker.StopAsync();
        await agent.WaitForLineAsync("MQTT connection lost");
        var before = agent.StoredIds.Count();
        while (agent.StoredIds.Count() < before + 5)
        {
            await agent.WaitForLineAsync($"seq {before + 5}");
        }

        var waiting = agent.StoredIds.Skip(before).Take(5).ToArray();
        Assert.Empty(subscriber.Ids.Intersect(waiting));
        await broker.RestartAsync();
        foreach (var id in waiting)
        {
            await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "id") == id);
        }
    }

    [Fact]
    public async Task Sigterm_says_offline_delivers_what_is_left_and_ends_with_0_within_10_seconds()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.RainOfAlarms(speed: 40), broker.Port);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "sensor");

        var (exitCode, took) = await agent.TerminateAsync();
        await subscriber.WaitForAsync((topic, body) => topic == "edgeagent/v1/test/bench/status" && Subscriber.Text(body, "status") == "offline");

        Assert.Equal(0, exitCode);
        Assert.True(took < TimeSpan.FromSeconds(10), $"it took {took}");
        var status = await Cli.RunAsync("outbox", "status", "--data-dir", _bench.Data, "--json");
        Assert.Contains("\"waiting\":0", status.Output);
        Assert.Contains("\"lost\":0", status.Output);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    [InlineData(400)]
    public async Task A_sigterm_while_it_starts_is_not_lost(int milliseconds)
    {
        _bench.Configure(Workbench.RainOfAlarms(speed: 1), port: null);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await Task.Delay(milliseconds);

        var (exitCode, took) = await agent.TerminateAsync();

        // 143: the runtime itself was not up yet, and the signal ended it as it ends any program.
        Assert.Contains(exitCode, new[] { 0, 143 });
        Assert.True(took < TimeSpan.FromSeconds(10), $"it took {took}");
    }

    [Fact]
    public async Task An_abrupt_death_is_told_by_the_broker()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.RainOfAlarms(speed: 1), broker.Port);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await subscriber.WaitForAsync((topic, body) => topic.EndsWith("/status", StringComparison.Ordinal) && Subscriber.Text(body, "status") == "online");

        await agent.KillAsync();

        await subscriber.WaitForAsync((topic, body) => topic.EndsWith("/status", StringComparison.Ordinal) && Subscriber.Text(body, "status") == "offline");
    }

    [Fact]
    public async Task A_source_that_ends_ends_the_run_with_everything_stored()
    {
        _bench.Configure(new { kind = "simulated", seed = 3, speed = 0, durationSeconds = 100, sensorFaults = new[] { new { sensor = "Flow", kind = "missing", startSeconds = 20, durationSeconds = 20 } } }, port: null);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);

        var (exitCode, _) = await agent.EndAsync();

        Assert.Equal(0, exitCode);
        var status = await Cli.RunAsync("outbox", "status", "--data-dir", _bench.Data, "--json");

        // "uncalibrated", then the sensor alarm's raise and clear.
        Assert.Contains("\"stored\":3", status.Output);
        Assert.Contains("\"waiting\":3", status.Output);
    }

    [Fact]
    public async Task A_second_agent_on_the_same_data_directory_is_refused()
    {
        _bench.Configure(Workbench.RainOfAlarms(speed: 1), port: null);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Reading");

        var second = await Cli.RunAsync("run", "--config", _bench.Config, "--data-dir", _bench.Data);

        second.AssertOneLineError(2, _bench.Data, "another agent");
    }

    [Fact]
    public async Task Sighup_takes_a_good_config_and_keeps_the_old_one_when_the_new_one_is_bad()
    {
        _bench.Configure(Workbench.RainOfAlarms(speed: 1), port: null);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Reading");

        var good = await System.IO.File.ReadAllTextAsync(_bench.Config);
        await System.IO.File.WriteAllTextAsync(_bench.Config, good.Replace("\"device\":\"bench\"", "\"device\":\"no good name\"", StringComparison.Ordinal));
        agent.HangUp();
        await agent.WaitForLineAsync("/device");
        await System.IO.File.WriteAllTextAsync(_bench.Config, good.Replace("\"id\":\"P-1\"", "\"id\":\"P-2\"", StringComparison.Ordinal));
        agent.HangUp();
        await agent.WaitForLineAsync("Reloading the config");

        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
    }
}
