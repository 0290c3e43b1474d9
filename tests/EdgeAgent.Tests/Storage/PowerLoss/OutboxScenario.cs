using System.Globalization;
using System.Text.Json;
using EdgeAgent.Storage;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>
/// The outbox from its first creation on: group commits of small and large records, PUBACKs, refusals, eviction by a small quota, a log
/// that is written back and overwritten, restarts, and at last a file that was damaged and is salvaged.
/// </summary>
internal sealed class OutboxScenario : IScenario
{
    private const int Quota = 90_000;

    public void Work(string folder, Teller tell, Random random, int steps)
    {
        var path = PathIn(folder);
        tell.Begin();
        var outbox = Open(path);
        tell.Is(StateOf(outbox));
        for (var step = 0; step < steps; step++)
        {
            tell.Begin();
            switch (random.Next(14))
            {
                case < 7:
                    outbox.Commit([.. Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Item(random))], OutboxItems.Now);
                    break;
                case < 11:
                    outbox.Settle([.. outbox.ReadAfter(0, 1 + random.Next(12)).Select(record => new Settlement(record.Position, random.Next(10) == 0 ? 0x99 : null))]);
                    break;
                case 11:
                    WriteBack(path);
                    break;
                case 12:
                    outbox.Tend(OutboxItems.Now, synced: true);
                    break;
                default:
                    outbox.Dispose();
                    outbox = Open(path);
                    break;
            }

            tell.Is(StateOf(outbox));
        }

        Salvage(path, outbox, tell, random);
    }

    public Finding Look(string folder, StoredState before, StoredState after)
    {
        using var outbox = Open(PathIn(folder));
        var state = StateAfterPowerCut(outbox, before, after, out var salvaged);
        var last = outbox.ReadAfter(0, 100_000).Max(record => record.Seq) ?? 0;
        var acknowledged = long.Parse(before.Prints.GetValueOrDefault("seq", "0"), CultureInfo.InvariantCulture);
        var next = outbox.Commit([OutboxItems.Decision()], OutboxItems.Now)[0].Seq;
        var problem = next <= Math.Max(last, acknowledged) ? $"number {next} comes again" : outbox.Status().Lost != 0 ? $"{outbox.Status()} does not add up" : null;
        return new Finding(state, problem) { Salvaged = salvaged };
    }

    /// <summary>What is there, without the notice of a salvage that was made just now, and the counts that go with it.</summary>
    public static StoredState StateAfterPowerCut(Outbox outbox, StoredState before, StoredState after, out bool salvaged)
    {
        IReadOnlyList<OutboxRecord> read;
        try
        {
            read = outbox.ReadAfter(0, 100_000);
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The publisher tries again; the outbox is repaired on the way.
            read = outbox.ReadAfter(0, 100_000);
        }

        var state = StateOf(outbox);
        var notices = read.Where(record => IsRecovery(record) && !before.Prints.ContainsKey($"{record.Id:N}") && !after.Prints.ContainsKey($"{record.Id:N}")).ToList();
        salvaged = notices.Count > 0;
        if (salvaged)
        {
            notices.ForEach(notice => state.Prints.Remove($"{notice.Id:N}"));
            state.Prints.Remove("counts");
            state.Prints.Remove("seq");
        }

        return state;
    }

    private static string PathIn(string folder) => Path.Combine(folder, "outbox.db");

    private static Outbox Open(string path) => new(path, new OutboxSettings { MaxBytes = Quota, Notice = OutboxItems.Notice });

    public static StoredState StateOf(Outbox outbox)
    {
        var state = new StoredState();
        foreach (var record in outbox.ReadAfter(0, 100_000))
        {
            state.Prints.Add($"{record.Id:N}", StoredState.Print(record.Body));
        }

        var status = outbox.Status();
        state.Prints.Add("counts", $"{status.Stored}/{status.Delivered}/{status.Dead}/{status.Evicted}/{status.Damaged}/{status.Lost}");
        state.Prints.Add("seq", $"{status.LastSeq}");
        return state;
    }

    private static bool IsRecovery(OutboxRecord record)
    {
        using var json = JsonDocument.Parse(record.Body);
        return json.RootElement.TryGetProperty("code", out var code) && code.GetString() == "outbox-recovered";
    }

    public static OutboxItem.ForDecision Item(Random random)
    {
        var padding = random.Next(10) == 0 ? 3000 + random.Next(9000) : random.Next(700);
        var item = OutboxItems.Decision(random.Next(3) switch { 0 => "info", 1 => "warning", _ => "critical" }, random.Next(2) == 0 ? "agent" : "machine", padding: padding);
        return random.Next(2) == 0 ? item : new(item.Decision with { AlarmId = Guid.CreateVersion7(OutboxItems.Now) });
    }

    /// <summary>What SQLite does by itself after a thousand pages.</summary>
    private static void WriteBack(string path)
    {
        using var connection = OutboxDatabase.Open(path);
        SqliteFile.Run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
    }

    /// <summary>Damages the log as it lies after a kill, and lets the outbox repair it.</summary>
    private static void Salvage(string path, Outbox outbox, Teller tell, Random random)
    {
        tell.Pause();
        outbox.Commit([Item(random), Item(random)], OutboxItems.Now);
        outbox.Commit([Item(random)], OutboxItems.Now);
        var before = StateOf(outbox);
        var (file, log) = (File.ReadAllBytes(path), File.ReadAllBytes(path + "-wal"));
        outbox.Dispose();
        log[40 + random.Next(4000)] ^= 4;
        File.WriteAllBytes(path, file);
        File.WriteAllBytes(path + "-wal", log);
        tell.Is(before);
        tell.Resume();
        tell.Begin();
        using var again = Open(path);
        tell.Is(StateOf(again));
    }
}
