using EdgeAgent.Storage;
using EdgeAgent.Tests.Pipeline;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Storage;

/// <summary>A real file system that is full at places that nobody chose.</summary>
public sealed class OutboxFullDiskTests(ITestOutputHelper output)
{
    private readonly Dictionary<Guid, long> _acknowledged = [];
    private readonly HashSet<long> _numbers = [];
    private int _refusals;
    private int _commits;

    /// <summary>EDGEAGENT_FULL_DISKS=1000 by hand; every run fills at other places unless EDGEAGENT_SEED says which.</summary>
    [SmallDiskFact]
    public async Task Wherever_the_disk_is_full_what_was_acknowledged_stays_and_no_number_comes_twice()
    {
        var seed = LongForm.Number("EDGEAGENT_SEED", Environment.TickCount);
        var times = LongForm.Number("EDGEAGENT_FULL_DISKS", 100);
        var random = new Random(seed);
        // With the ballast gone there must be room for taking out everything at once: as much log again as there is data.
        using var disk = SmallDisk.Mount(megabytes: 6);
        var path = Path.Combine(disk.Path, "outbox.db");
        var outbox = Open(path);
        for (var time = 0; time < times; time++)
        {
            disk.Fill(butFor: random.Next(40_000));
            for (var step = 0; step < 10; step++)
            {
                if (random.Next(5) == 0)
                {
                    outbox.Dispose();
                    outbox = Open(path);
                }

                Try(() => Step(outbox, random));
            }

            disk.Empty();
            var read = await ReadAgainAsync(outbox);
            Assert.True(_acknowledged.Keys.ToHashSet().SetEquals(read.Select(record => record.Id)), $"seed {seed}, time {time}: not what was acknowledged");
            Assert.Equal(0, outbox.Status().Lost);
            outbox.Settle([.. read.Select(record => new Settlement(record.Position, null))]);
            _acknowledged.Clear();
        }

        outbox.Dispose();
        output.WriteLine($"full disks, seed {seed}: {times} times, {_commits} commits went through, {_refusals} calls were refused");
        Assert.True(_refusals > times && _commits > times, $"seed {seed}: {_refusals} refusals and {_commits} commits prove little");
        Assert.Empty(Directory.GetFiles(disk.Path, "outbox.damaged-*"));
    }

    /// <summary>A file that could not be opened is not tried again at once, but within a second.</summary>
    private static async Task<IReadOnlyList<OutboxRecord>> ReadAgainAsync(Outbox outbox)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return outbox.ReadAfter(0, 100_000);
            }
            catch (SqliteException) when (tries < 10)
            {
                await Task.Delay(100);
            }
        }
    }

    private void Step(Outbox outbox, Random random)
    {
        if (random.Next(4) == 0 && _acknowledged.Count > 0)
        {
            var (id, position) = _acknowledged.ElementAt(random.Next(_acknowledged.Count));
            outbox.Settle([new Settlement(position, null)]);
            _acknowledged.Remove(id);
            return;
        }

        var items = Enumerable.Range(0, 1 + random.Next(8)).Select(_ => OutboxItems.Decision(padding: random.Next(6000)));
        foreach (var record in outbox.Commit([.. items], OutboxItems.Now))
        {
            _acknowledged.Add(record.Id, record.Position);
            Assert.True(_numbers.Add(record.Seq!.Value), $"number {record.Seq} came twice");
        }

        _commits++;
    }

    private void Try(Action step)
    {
        try
        {
            step();
        }
        catch (SqliteException)
        {
            _refusals++;
        }
    }

    private static Outbox Open(string path) => new(path, OutboxSettings.Default, patient: true);
}
