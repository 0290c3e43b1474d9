using System.Diagnostics;
using System.Globalization;
using EdgeAgent.Configuration;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using EdgeAgent.Tests.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Bench;

/// <summary>
/// How long a new decision takes from the store loop's hands to a subscriber, alarm journal and both syncs included: while nothing else is
/// sent, and while a backlog goes out at the default rate. In turns.
/// </summary>
internal static class LiveBench
{
    private const int Backlog = 100_000;
    private const int ShortestPauseMs = 20;
    private const int LongestPauseMs = 80;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = Places.Temporary(arguments["--dir"]);
        var phase = TimeSpan.FromSeconds(arguments.Number("--seconds", 30));
        var rate = new OutboxOptions().BacklogPerSecond;
        try
        {
            var broker = await MosquittoBroker.StartAsync("max_queued_messages 1000000").ConfigureAwait(false);
            await using var running = broker.ConfigureAwait(false);
            var backlog = DrainBacklog.Make(folder, Backlog);
            Console.WriteLine($"from the store loop to the subscriber, on {new DriveInfo(folder).DriveFormat}; backlog: {backlog.Records} records at {rate} a second");
            List<double> idle = [], busy = [], more = [];
            Spread.Header();
            var rounds = arguments.Rounds(3);
            for (var round = 0; round <= rounds; round++)
            {
                using var empty = new Outbox(Path.Combine(folder, $"empty-{round}.db"));
                var quiet = await LatencyAsync(broker, empty, folder, round == 0 ? phase / 5 : phase).ConfigureAwait(false);
                using var full = backlog.OpenCopy();
                var draining = await LatencyAsync(broker, full, folder, round == 0 ? phase / 5 : phase).ConfigureAwait(false);
                var left = full.Status();
                if (round > 0)
                {
                    idle.AddRange(quiet);
                    busy.AddRange(draining);
                    more.Add(Percentile(draining, 0.99) - Percentile(quiet, 0.99));
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round}: {quiet.Count} idle, {draining.Count} while {left.Delivered - draining.Count} of the backlog left and {left.Waiting} waited on"));
                }
            }

            Print("idle", idle);
            Print("while the backlog drains", busy);
            Spread.Print("p99 while draining - p99 idle, per round", more, "ms");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<double>> LatencyAsync(MosquittoBroker broker, Outbox outbox, string folder, TimeSpan forTime)
    {
        using var stop = new CancellationTokenSource();
        var receiver = new TimedReceiver(broker.Port);
        await using var receiving = receiver.ConfigureAwait(false);
        await receiver.StartAsync().ConfigureAwait(false);
        var journal = Path.Combine(folder, $"alarms-{Guid.NewGuid():N}.db");
        var store = new RunningStoreLoop(outbox, journal);
        await using var storing = store.ConfigureAwait(false);
        var settings = new BrokerSettings(
            MqttConnectionFactories.Default(TimeProvider.System),
            new MqttConnectionOptions { Host = "127.0.0.1", Port = broker.Port, ClientId = BenchDecisions.Device },
            DrainBacklog.Topics)
        { BacklogPerSecond = new OutboxOptions().BacklogPerSecond };
        var publishing = new PublishLoop(
            settings, store.Channels, outbox, new PipelineCounters(), commands: null, announce: null, new ReconnectBackoff(new Random(1)),
            TimeProvider.System, NullLogger<PublishLoop>.Instance).RunAsync(stop.Token);

        // Not in step with the backlog's groups, the same in every round.
        var pause = new Random(7);
        var started = Stopwatch.GetTimestamp();
        var took = new List<double>();
        for (var i = 0; Stopwatch.GetElapsedTime(started) < forTime; i++)
        {
            await Task.Delay(pause.Next(ShortestPauseMs, LongestPauseMs)).ConfigureAwait(false);
            var decision = BenchDecisions.Raised(i);
            var arrives = receiver.Expect(decision.Decision.Id);
            var handed = Stopwatch.GetTimestamp();
            await store.Channels.Items.Writer.WriteAsync(decision).ConfigureAwait(false);
            took.Add(Stopwatch.GetElapsedTime(handed, await arrives.ConfigureAwait(false)).TotalMilliseconds);
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await publishing.ConfigureAwait(false);
        return took;
    }

    private static void Print(string name, List<double> latencies)
    {
        Spread.Print($"{name}, {latencies.Count} decisions", latencies, "ms");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: p50 {Percentile(latencies, 0.5):0.00}, p90 {Percentile(latencies, 0.9):0.00}, p99 {Percentile(latencies, 0.99):0.00}, max {latencies.Max():0.00} ms"));
    }

    private static double Percentile(List<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
