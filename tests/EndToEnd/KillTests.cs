using System.Globalization;
using EdgeAgent.Tests.Mqtt;

namespace EdgeAgent.EndToEnd;

/// <summary>Processes that are really killed, at moments that nobody chose.</summary>
public sealed class KillTests : IDisposable
{
    /// <summary>Fewer than EDGEAGENT_KILLS=1000 by hand; every run takes other moments unless EDGEAGENT_SEED says which.</summary>
    private static readonly int Kills = FromEnvironment("EDGEAGENT_KILLS", 50);

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Every_decision_that_was_stored_before_a_kill_reaches_the_subscriber_and_duplicates_keep_their_id()
    {
        var seed = FromEnvironment("EDGEAGENT_SEED", Environment.TickCount);
        var random = new Random(seed);
        await using var broker = await MosquittoBroker.StartAsync(
            folder => ["persistence true", $"persistence_location {folder}/", "max_inflight_messages 0"]);
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(Workbench.RainOfAlarms(speed: 200), broker.Port);
        var stored = new HashSet<string>();
        var brokerIsUp = true;

        for (var kill = 0; kill < Kills; kill++)
        {
            await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
            await agent.WaitForLineAsync("Reading");
            await Task.Delay(random.Next(0, 800));
            if (random.Next(3) == 0)
            {
                await (brokerIsUp ? broker.StopAsync() : broker.RestartAsync());
                brokerIsUp = !brokerIsUp;
                await Task.Delay(random.Next(0, 400));
            }

            await agent.KillAsync();
            stored.UnionWith(agent.StoredIds);
        }

        if (!brokerIsUp)
        {
            await broker.RestartAsync();
        }

        // One last run without new alarms drains what is left.
        _bench.Configure(new { kind = "simulated", seed = 3, speed = 1 }, broker.Port);
        await using var last = AgentProcess.Start(_bench.Config, _bench.Data);
        foreach (var id in stored)
        {
            await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "id") == id);
        }

        Assert.True(stored.Count > Kills, $"only {stored.Count} decisions in {Kills} kills prove little; seed {seed}");
        var bySeq = subscriber.Messages.Where(message => message.Topic.EndsWith("/decision", StringComparison.Ordinal))
            .GroupBy(message => message.Body.GetProperty("seq").GetInt64());
        Assert.All(bySeq, copies => Assert.Single(copies.Select(copy => copy.Body.GetRawText()).Distinct()));

        // A kill alone is no damage.
        Assert.Empty(Directory.GetFiles(_bench.Data, "outbox.damaged-*"));
    }

    [Fact]
    public async Task A_language_worker_that_is_killed_in_mid_explanation_costs_an_explanation_and_no_window()
    {
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Port);
        _bench.Configure(
            Workbench.Pump(speed: 40, "discharge-restriction", startSeconds: 200, lasts: 200, durationSeconds: 500),
            broker.Port,
            explanation: new { package = Repository.Package("pump-language"), timeoutSeconds = 30 });
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);

        await agent.WaitForLineAsync("Reading");

        // The worker starts with the first question; frozen at once, it is certainly in the middle of it when it is killed.
        var worker = await agent.WorkerAsync();
        AgentProcess.Freeze(worker);
        await subscriber.WaitForAsync((_, body) => Subscriber.Text(body, "kind") == "machine" && Subscriber.Text(body, "event") == "raised");
        AgentProcess.Kill(worker);
        var diagnosis = await subscriber.WaitForAsync((topic, _) => topic.EndsWith("/diagnosis", StringComparison.Ordinal));
        var (exitCode, _) = await agent.EndAsync();

        Assert.Equal("template", Subscriber.Text(diagnosis, "author"));
        Assert.True(diagnosis.GetProperty("grounded").GetBoolean());
        Assert.InRange(diagnosis.GetProperty("latencyMs").GetInt64(), 0, 30_000);
        Assert.Equal(0, exitCode);

        // 500 readings, windows of 60 with a hop of 1.
        await agent.WaitForLineAsync("Ended: 441 windows scored");
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
