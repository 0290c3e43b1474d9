using System.Diagnostics;
using System.Text.Json;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;

namespace EdgeAgent.Bench;

/// <summary>
/// Durable decisions per second, one by one and in groups, against the physical limit: appending the same bytes to a growing file with
/// an fsync each. Interleaved, so that a disk that drifts drifts for all.
/// </summary>
internal static class StoreBench
{
    private const int Rounds = 9;
    private const int Records = 200;
    private const int Group = 16;

    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("edgeagent-bench-").FullName;
        try
        {
            List<double> single = [], grouped = [], raw = [];
            using var outbox = new Outbox(Path.Combine(folder, "outbox.db"));
            using var file = new FileStream(Path.Combine(folder, "append.log"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            for (var round = 0; round <= Rounds; round++)
            {
                var singles = Rate(Records, () =>
                {
                    for (var i = 0; i < Records; i++)
                    {
                        outbox.Commit([Item()], DateTimeOffset.UnixEpoch);
                    }
                });
                var groups = Rate(Records * Group, () =>
                {
                    for (var i = 0; i < Records; i++)
                    {
                        outbox.Commit([.. Enumerable.Range(0, Group).Select(_ => Item())], DateTimeOffset.UnixEpoch);
                    }
                });
                var body = JsonSerializer.SerializeToUtf8Bytes(Item().Decision, DecisionJson.Default.Decision);
                var appends = Rate(Records, () =>
                {
                    for (var i = 0; i < Records; i++)
                    {
                        file.Write(body);
                        file.Flush(flushToDisk: true);
                    }
                });
                if (round > 0)
                {
                    single.Add(singles);
                    grouped.Add(groups);
                    raw.Add(appends);
                }
            }

            Spread.Header();
            Spread.Print("append + fsync, one record each", raw, "records/s");
            Spread.Print("outbox, one commit per record", single, "records/s");
            Spread.Print($"outbox, {Group} records per commit", grouped, "records/s");
            Spread.Print("one commit per record / append + fsync", single.Zip(raw).Select(pair => pair.First / pair.Second), "");
            Spread.Print($"{Group} per commit / one commit per record", grouped.Zip(single).Select(pair => pair.First / pair.Second), "");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Rate(int records, Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return records / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static OutboxItem.ForDecision Item() => new(new Decision(
        Decision.SchemaName, Guid.CreateVersion7(), 0, new string('b', 36), Guid.CreateVersion7(), "site", "device", "machine", DateTimeOffset.UnixEpoch,
        "synced", 1, "machine", "raised", new AlarmStatus(true, false, false, null), "warning", 1.5, 1, null, 1, [], null, null, new string('x', 600), null));
}
