using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Pipeline;
using EdgeAgent.Tests.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Bench;

/// <summary>
/// A backlog's way from the disk to a broker, by the agent's own publish loop without a rate limit, until the outbox on the disk is empty;
/// beside it <c>mosquitto_pub -l</c> with the same payloads out of a file. Same broker, same subscriber, in turns.
/// </summary>
internal static class DrainBench
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>How often the count of deleted records is looked at: rarely, for it is the agent's processor that looks.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = Places.Temporary(arguments["--dir"]);
        var inFlight = arguments.Number("--inflight", 100);
        try
        {
            // Nothing may overflow in a broker that queues for the subscriber.
            var broker = await MosquittoBroker.StartAsync($"max_inflight_messages {inFlight}", "max_queued_messages 1000000").ConfigureAwait(false);
            await using var running = broker.ConfigureAwait(false);
            var backlog = DrainBacklog.Make(folder, arguments.Number("--records", 100_000));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{backlog.Records} decisions of {backlog.MeanBytes:0} bytes on {new DriveInfo(folder).DriveFormat}; QoS 1 on loopback; the broker allows {inFlight} in flight and queues 1000000; {MqttConnectionFactories.DefaultClient}"));
            List<DrainRound> ours = [], theirs = [];
            var rounds = arguments.Rounds(5);
            for (var round = 0; round <= rounds; round++)
            {
                var mine = await RoundAsync(broker, backlog, folder, () => AgentAsync(broker, backlog)).ConfigureAwait(false);
                var other = await RoundAsync(broker, backlog, folder, () => MosquittoPubAsync(broker, backlog)).ConfigureAwait(false);
                if (round > 0)
                {
                    ours.Add(mine);
                    theirs.Add(other);
                }
            }

            Spread.Header();
            Spread.Print("agent, until its outbox is empty", ours.Select(round => round.SentPerSecond), "messages/s");
            Spread.Print("mosquitto_pub -l, until it ends", theirs.Select(round => round.SentPerSecond), "messages/s");
            Spread.Print("agent / mosquitto_pub -l", ours.Zip(theirs, (a, b) => a.SentPerSecond / b.SentPerSecond), "");
            Spread.Print("until the subscriber has all, agent / mosquitto_pub", ours.Zip(theirs, (a, b) => a.ReceivedPerSecond / b.ReceivedPerSecond), "");
            Spread.Print("processor time of the agent", ours.Select(round => round.CpuMicroseconds), "us per message");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<DrainRound> RoundAsync(MosquittoBroker broker, DrainBacklog backlog, string folder, Func<Task<(TimeSpan Took, long Started)>> send)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var receiver = await MosquittoReceiver.StartAsync(
            broker, DrainBacklog.Topics.Of("decision"), backlog.Records, Path.Combine(folder, "received")).ConfigureAwait(false);
        var before = Environment.CpuUsage.TotalTime;
        var (took, started) = await send().ConfigureAwait(false);
        var cpu = Environment.CpuUsage.TotalTime - before;
        await receiver.HasAllAsync(limit.Token).ConfigureAwait(false);
        var received = Stopwatch.GetElapsedTime(started);
        return receiver.Problem() is { } problem
            ? throw new InvalidOperationException(problem)
            : new DrainRound(backlog.Records / took.TotalSeconds, backlog.Records / received.TotalSeconds, cpu.TotalMicroseconds / backlog.Records);
    }

    private static async Task<(TimeSpan Took, long Started)> AgentAsync(MosquittoBroker broker, DrainBacklog backlog)
    {
        using var outbox = backlog.OpenCopy();
        using var stop = new CancellationTokenSource(Patience);
        var counters = new PipelineCounters();
        var settings = new BrokerSettings(
            MqttConnectionFactories.Default(TimeProvider.System),
            new MqttConnectionOptions { Host = "127.0.0.1", Port = broker.Port, ClientId = BenchDecisions.Device },
            DrainBacklog.Topics)
        { BacklogPerSecond = 0 };
        var loop = new PublishLoop(
            settings, new PipelineChannels(), outbox, counters, commands: null, announce: null, new ReconnectBackoff(new Random(1)),
            TimeProvider.System, NullLogger<PublishLoop>.Instance);
        var started = Stopwatch.GetTimestamp();
        var sending = loop.RunAsync(stop.Token);
        while (counters.Delivered < backlog.Records && !sending.IsCompleted)
        {
            await Task.Delay(Glance).ConfigureAwait(false);
        }

        var took = Stopwatch.GetElapsedTime(started);
        var status = outbox.Status();
        await stop.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        backlog.DeleteCopy();
        return (status.Waiting, status.Delivered) == (0, backlog.Records)
            ? (took, started)
            : throw new InvalidOperationException($"the outbox says {status}");
    }

    private static async Task<(TimeSpan Took, long Started)> MosquittoPubAsync(MosquittoBroker broker, DrainBacklog backlog)
    {
        var files = string.Join(' ', backlog.LineFiles);
        var command = $"for lines in {files}; do mosquitto_pub -h 127.0.0.1 -p {broker.Port} -V 5 -q 1 -t {DrainBacklog.Topics.Of("decision")} -l < $lines || exit 1; done";
        var started = Stopwatch.GetTimestamp();
        var (code, said) = await ChildProcess.RunAsync("sh", ["-c", command]).ConfigureAwait(false);
        return code == 0 ? (Stopwatch.GetElapsedTime(started), started) : throw new InvalidOperationException($"mosquitto_pub: {said}");
    }
}
