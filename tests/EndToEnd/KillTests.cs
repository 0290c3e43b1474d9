using System.Text.Json;
using EdgeAgent.Tests;
using EdgeAgent.Tests.Mqtt;
using EdgeAgent.Tests.Pipeline;

namespace EdgeAgent.EndToEnd;

/// <summary>Processes that are really killed, at moments that nobody chose.</summary>
public sealed class KillTests : IDisposable
{
    /// <summary>EDGEAGENT_KILLS=1000 by hand, which takes most of an hour; every run takes other moments unless EDGEAGENT_SEED says which.</summary>
    private static readonly int Kills = LongForm.Number("EDGEAGENT_KILLS", 30);

    /// <summary>EDGEAGENT_FIRST_DECISION_SECONDS=2, the limit that is promised, on a machine with nothing else at work.</summary>
    private static readonly TimeSpan LongestToFirstDecision = TimeSpan.FromSeconds(LongForm.Number("EDGEAGENT_FIRST_DECISION_SECONDS", 30));

    private const int MostMinutesToStart = 10;

    private static readonly string[] DroppingOut = ["Vibration 1", "Vibration 2", "Voltage"];

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Every_decision_that_was_stored_before_a_kill_reaches_the_subscriber_and_duplicates_keep_their_id()
    {
        var seed = LongForm.Number("EDGEAGENT_SEED", Environment.TickCount);
        var random = new Random(seed);
        var tally = new KillTally("agent", seed);
        await _bench.CalibrateAsync();
        await using var broker = await MosquittoBroker.StartAsync(
            folder => ["persistence true", $"persistence_location {folder}/", KillTally.ReceiveMaximum, "max_queued_messages 0"]);
        await using var receiver = await Receiver.StartAsync(broker.Port);
        Load(broker.Port);
        var brokerIsUp = true;

        while (tally.Kills < Kills)
        {
            await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
            if (random.Next(4) == 0)
            {
                await Task.Delay(random.Next(0, 1200));
            }
            else
            {
                await UntilItStoresAsync(agent, tally);
                await Task.Delay(random.Next(0, 800));
            }

            if (random.Next(3) == 0)
            {
                await (brokerIsUp ? broker.StopAsync() : broker.RestartAsync());
                brokerIsUp = !brokerIsUp;
                tally.Flaps++;
                await Task.Delay(random.Next(0, 400));
            }

            if (agent.HasExited)
            {
                tally.Failed("ended by itself: " + agent.Lines.LastOrDefault());
            }

            await agent.KillAsync();
            tally.Killed(agent.StoredIds.Select(Guid.Parse), agent.FirstStoredAfter);
            if (tally.Kills % 50 == 0)
            {
                KillTally.Say(receiver.Look(tally.Line));
            }
        }

        if (!brokerIsUp)
        {
            await broker.RestartAsync();
        }

        await DrainAsync(broker.Port, receiver, tally);
        receiver.Look(receipts =>
        {
            tally.AssertKept(receipts);
            return true;
        });
        Assert.InRange(tally.SlowestFirstDecision, TimeSpan.Zero, LongestToFirstDecision);

        // A kill alone is no damage.
        Assert.Empty(Directory.GetFiles(_bench.Data, "*.damaged-*"));
        var status = JsonDocument.Parse((await Cli.RunAsync("outbox", "status", "--data-dir", _bench.Data, "--json")).Output).RootElement;
        Assert.All(["lost", "waiting", "dead", "evicted", "damaged"], count => Assert.Equal(0, status.GetProperty(count).GetInt64()));
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

    /// <summary>Sensors that drop out and come back all the time, and a machine that is at fault every other minute, at 200 times the speed.</summary>
    private void Load(int port) => _bench.Configure(
        new
        {
            kind = "simulated",
            seed = 5,
            speed = 200,
            faults = Enumerable.Range(0, 200).Select(i => new { fault = "discharge-restriction", startSeconds = 70 + (60 * i), durationSeconds = 20, severity = 0.9, rampSeconds = 2 }),
            sensorFaults = Enumerable.Range(0, 1000).Select(i => new { sensor = DroppingOut[i % 3], kind = "missing", startSeconds = 2 + (2 * i), durationSeconds = 3 }),
        },
        port,
        health: new { raiseAfterSeconds = 1, clearAfterSeconds = 1, staleAfterSeconds = 30 },
        alarm: new { onDelaySeconds = 1, offDelaySeconds = 2 },
        alarms: new { flood = new { alarms = 0 } },
        outbox: new { backlogPerSecond = 0 });

    private static async Task UntilItStoresAsync(AgentProcess agent, KillTally tally)
    {
        for (var patience = 1; agent.FirstStoredAfter is null; patience++)
        {
            try
            {
                await agent.WaitForLineAsync(AgentProcess.StoredDecision);
            }
            catch (TimeoutException) when (patience < MostMinutesToStart)
            {
                // A machine with too much to do is told by the times, not as a failed start.
            }
            catch (Exception e) when (e is InvalidOperationException or TimeoutException)
            {
                tally.Failed(e.Message);
                return;
            }
        }
    }

    /// <summary>One last run with next to no new alarms sends what is left, and ends in order.</summary>
    private async Task DrainAsync(int port, Receiver receiver, KillTally tally)
    {
        _bench.Configure(new { kind = "simulated", seed = 3, speed = 1 }, port, outbox: new { backlogPerSecond = 0 });
        await using var last = AgentProcess.Start(_bench.Config, _bench.Data);
        await last.WaitForLineAsync("Reading");
        await receiver.UntilAsync(tally.AllReceived(), TimeSpan.FromSeconds(60));
        Assert.Equal(0, (await last.TerminateAsync()).ExitCode);
        tally.Stored.UnionWith(last.StoredIds.Select(Guid.Parse));
        await receiver.UntilAsync(tally.AllReceived(), TimeSpan.FromSeconds(60));
    }
}
