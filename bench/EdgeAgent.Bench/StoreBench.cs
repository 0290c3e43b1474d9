using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;

namespace EdgeAgent.Bench;

/// <summary>
/// Durable decisions per second against the physical limit, which is appending equal payloads to a growing file with an fdatasync each,
/// and what sharing commits wins. In turns, so that a disk that drifts drifts for all.
/// </summary>
internal static class StoreBench
{
    private const int Records = 200;
    private const int Producers = 16;
    private static readonly OutboxSettings Roomy = new() { MaxBytes = 4L << 30 };

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = Places.Temporary(arguments["--dir"]);
        try
        {
            await MeasureAsync(folder, arguments.Rounds(9)).ConfigureAwait(false);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, int rounds)
    {
        var payload = DecisionJson.Write(BenchDecisions.Notice().Decision);
        List<StoreRound> append = [], single = [], each = [], group = [];
        List<double> wear = [];
        using var outbox = new Outbox(Path.Combine(folder, "outbox.db"), Roomy);
        using var file = new DurableAppend(Path.Combine(folder, "append.log"));
        var producers = new StoreProducers(outbox, Producers, Records / 2);
        for (var round = 0; round <= rounds; round++)
        {
            var appended = StoreRound.Of(Records, () => Repeat(() => file.Append(payload)));
            var alone = StoreRound.Of(Records, () => Repeat(() => outbox.Commit([BenchDecisions.Notice()], DateTimeOffset.UtcNow)));
            var waiting = outbox.Status().Waiting;
            var taken = StoreRound.Of((int)waiting, () => TakeOut(outbox));
            var separate = await StoreRound.OfAsync(producers.Records, producers.CommitEachAsync).ConfigureAwait(false);
            var shared = await StoreRound.OfAsync(producers.Records, producers.OverTheLoopAsync).ConfigureAwait(false);
            TakeOut(outbox);
            if (round > 0)
            {
                append.Add(appended);
                single.Add(alone);
                each.Add(separate);
                group.Add(shared);
                wear.Add(taken.WrittenPerRecord ?? double.NaN);
            }
        }

        Console.WriteLine($"{payload.Length} bytes each, on {new DriveInfo(folder).DriveFormat}");
        Spread.Header();
        Rates("append + fdatasync", append);
        Rates("outbox, one producer, one commit each", single);
        Rates($"outbox, {Producers} producers, one commit each", each);
        Rates($"outbox, {Producers} producers, commits shared", group);
        Ratios("one commit each / append + fdatasync", single, append);
        Ratios($"{Producers} producers, shared / one commit each", group, each);
        Console.WriteLine($"\nwritten to the disk per decision, log and its write-back included; the payload is {payload.Length} bytes");
        Spread.Header();
        Wear("append + fdatasync", append);
        Wear("stored, one commit each", single);
        Wear($"stored, {Producers} producers, commits shared", group);
        Spread.Print("taken out, 64 in a commit", wear, "bytes");
        Spread.Print("stored one by one and taken out / payload", single.Zip(wear, (a, b) => (a.WrittenPerRecord!.Value + b) / payload.Length), "");
    }

    private static void Repeat(Action work)
    {
        for (var i = 0; i < Records; i++)
        {
            work();
        }
    }

    /// <summary>As the publisher does after the PUBACKs of a full window.</summary>
    private static void TakeOut(Outbox outbox)
    {
        while (outbox.ReadAfter(0, 64) is { Count: > 0 } window)
        {
            outbox.Settle([.. window.Select(record => new Settlement(record.Position, DeadReason: null))]);
        }
    }

    private static void Rates(string name, List<StoreRound> rounds) => Spread.Print(name, rounds.Select(round => round.PerSecond), "records/s");

    private static void Ratios(string name, List<StoreRound> rounds, List<StoreRound> others) =>
        Spread.Print(name, rounds.Zip(others, (a, b) => a.PerSecond / b.PerSecond), "");

    private static void Wear(string name, List<StoreRound> rounds) =>
        Spread.Print(name, rounds.Select(round => round.WrittenPerRecord ?? double.NaN), "bytes");
}
