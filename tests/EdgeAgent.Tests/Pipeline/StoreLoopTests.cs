using System.Diagnostics;
using System.Text.Json;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using EdgeAgent.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Pipeline;

/// <summary>The store loop on a disk that refuses.</summary>
public sealed class StoreLoopTests : IDisposable
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly PipelineChannels _channels = new();
    private readonly PipelineCounters _counters = new();
    private readonly HashSet<Guid> _given = [];

    /// <summary>The first commit of a process compiles its code, which is not what is timed here.</summary>
    public StoreLoopTests()
    {
        // The test host blocks threads of the pool while it starts; waiting for new ones is not what is timed either.
        ThreadPool.SetMinThreads(16, 16);
        using var warm = new Outbox(Path.Combine(_folder.Path, "warm.db"));
        warm.Commit([OutboxItems.Decision()], OutboxItems.Now);
        _ = warm.Status();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_must_not_grow_costs_no_decision_and_is_written_to_again_within_a_second()
    {
        using var outbox = Open(_folder.Path);
        outbox.LimitPages(1);
        var (loop, held) = Start(outbox, memoryBytes: 8 << 20);
        await GiveAsync(100, "warning");
        await held.WaitAsync();

        outbox.LimitPages(1_000_000);
        var took = await UntilStoredAsync(outbox, 100);
        await EndAsync(loop);

        Assert.True(took < Recovery, $"took {took}");
        AssertToldAs(outbox, "storage-full");
    }

    [SmallDiskFact]
    public async Task A_full_disk_costs_no_decision_and_is_written_to_again_within_a_second_of_space_coming_back()
    {
        using var disk = SmallDisk.Mount();
        using var outbox = Open(disk.Path);
        disk.Fill();
        var (loop, held) = Start(outbox, memoryBytes: 8 << 20);
        await GiveAsync(300, "warning");
        await held.WaitAsync();
        Assert.True(outbox.Status().Stored < 300);

        disk.Empty();
        var took = await UntilStoredAsync(outbox, 300);
        await EndAsync(loop);

        Assert.True(took < Recovery, $"took {took}");
        AssertToldAs(outbox, "storage-full");
    }

    [SmallDiskFact]
    public async Task An_agent_that_starts_on_a_full_disk_watches_and_stores_when_there_is_space()
    {
        using var disk = SmallDisk.Mount();
        disk.Fill();
        using var outbox = Open(disk.Path);
        var (loop, held) = Start(outbox, memoryBytes: 8 << 20);
        await GiveAsync(50, "warning");
        await held.WaitAsync();

        disk.Empty();
        var took = await UntilStoredAsync(outbox, 50);
        await EndAsync(loop);

        Assert.True(took < Recovery, $"took {took}");
        Assert.Equal(_given.Order(), Waiting(outbox).Where(IsOurs).Select(record => record.Id).Order());
    }

    [SmallDiskFact]
    public async Task An_agent_that_starts_on_a_read_only_disk_watches_and_stores_when_it_may_write()
    {
        using var disk = SmallDisk.Mount();
        disk.Remount("ro");
        using var outbox = Open(disk.Path);
        var (loop, held) = Start(outbox, memoryBytes: 8 << 20);
        await GiveAsync(50, "warning");
        await held.WaitAsync();

        disk.Remount("rw");
        var took = await UntilStoredAsync(outbox, 50);
        await EndAsync(loop);

        Assert.True(took < Recovery, $"took {took}");
        AssertToldAs(outbox, "storage-failing");
    }

    [Fact]
    public async Task Beyond_its_memory_the_lowest_severity_goes_first_and_the_loss_is_told_when_the_disk_is_back()
    {
        using var outbox = Open(_folder.Path);
        outbox.LimitPages(1);
        var (loop, held) = Start(outbox, memoryBytes: 100_000);
        await GiveAsync(30, "critical");
        await GiveAsync(200, "info");
        await GiveAsync(2, "warning");
        await held.WaitAsync();

        outbox.LimitPages(1_000_000);
        await UntilAsync(() => outbox.Status().Waiting > 30);
        await EndAsync(loop);

        var stored = Waiting(outbox).Select(record => JsonDocument.Parse(record.Body).RootElement).ToList();
        Assert.Equal(30, stored.Count(body => body.GetProperty("severity").GetString() == "critical"));
        Assert.Equal(2, stored.Count(body => body.GetProperty("severity").GetString() == "warning" && Code(body).StartsWith("test", StringComparison.Ordinal)));
        var infos = stored.Count(body => body.GetProperty("severity").GetString() == "info" && Code(body).StartsWith("test", StringComparison.Ordinal));
        var told = stored.Single(body => Code(body) == "records-lost").GetProperty("data");
        Assert.Equal("memory", told.GetProperty("why").GetString());
        Assert.Equal((200 - infos).ToString(System.Globalization.CultureInfo.InvariantCulture), told.GetProperty("records").GetString());
        Assert.InRange(infos, 1, 100);
    }

    [Fact]
    public async Task What_is_first_heard_of_goes_to_be_explained_a_raise_and_the_end_of_a_shelf_that_hid_one()
    {
        using var outbox = Open(_folder.Path);
        var (loop, _) = Start(outbox, memoryBytes: 8 << 20);
        var alarm = Guid.NewGuid();
        var raised = OutboxItems.Raised("warning", alarm);
        var heard = OutboxItems.Decision("warning", "machine", "unshelved", alarm);
        var unheard = heard with { Decision = heard.Decision with { Id = Guid.CreateVersion7(), Evidence = [] } };
        foreach (var item in (OutboxItem?[])[raised, heard, unheard, null])
        {
            await _channels.Items.Writer.WriteAsync(item);
        }

        var toExplain = await _channels.Raised.Reader.ReadAllAsync().Select(decision => decision.Id).ToListAsync();
        await EndAsync(loop);

        Assert.Equal([raised.Decision.Id, unheard.Decision.Id], toExplain);
    }

    [Fact]
    public async Task The_sign_tells_how_the_disk_stands_and_rings_when_that_changes()
    {
        using var outbox = Open(_folder.Path);
        Assert.Equal(StorageSign.Ok, _channels.Storage.State);
        outbox.LimitPages(1);
        var (loop, held) = Start(outbox, memoryBytes: 8 << 20);
        await GiveAsync(10, "warning");
        await held.WaitAsync();
        await _channels.Stored.Reader.ReadAsync();
        Assert.Equal(StorageSign.Full, _channels.Storage.State);

        outbox.LimitPages(1_000_000);
        await UntilAsync(() => _channels.Storage.State == StorageSign.Ok);
        await EndAsync(loop);
    }

    private static Outbox Open(string folder) => new(
        Path.Combine(folder, "outbox.db"), new OutboxSettings { Notice = OutboxItems.Notice }, patient: true);

    private (Task Loop, SemaphoreSlim Held) Start(Outbox outbox, long memoryBytes)
    {
        var failed = new SemaphoreSlim(0);
        EdgeAgent.Core.Decisions.Decision Notice(string code, EdgeAgent.Core.Alarms.Severity severity, IReadOnlyDictionary<string, string> data)
        {
            failed.Release();
            return OutboxItems.Notice(code, severity, data);
        }

        var now = new EdgeAgent.Core.Decisions.Moment(DateTimeOffset.UnixEpoch, Synced: false, TimeSpan.Zero);
        var journal = new AlarmJournal(AlarmDatabase.Open(":memory:"), handed: 0, new HistoryLimits(TimeSpan.FromDays(1), 1 << 20), now);
        var loop = new StoreLoop(
            _channels, journal, outbox, new HeldItems(memoryBytes), new StorageTrouble(Notice, TimeProvider.System, NullLogger<StoreLoop>.Instance),
            new MomentClock(TimeProvider.System, () => true, () => TimeSpan.FromMilliseconds(Environment.TickCount64)),
            _counters, TimeProvider.System, NullLogger<StoreLoop>.Instance);
        return (loop.RunAsync(CancellationToken.None), failed);
    }

    private async Task GiveAsync(int count, string severity)
    {
        for (var i = 0; i < count; i++)
        {
            var item = OutboxItems.Decision(severity, padding: 1000);
            _given.Add(item.Decision.Id);
            await _channels.Items.Writer.WriteAsync(item);
        }
    }

    private async Task<TimeSpan> UntilStoredAsync(Outbox outbox, int count)
    {
        var started = Stopwatch.StartNew();
        await UntilAsync(() => outbox.Status().Stored >= count);
        return started.Elapsed;
    }

    private static async Task UntilAsync(Func<bool> done)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!Try(done))
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private static bool Try(Func<bool> done)
    {
        try
        {
            return done();
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The disk may still refuse to be looked at.
            return false;
        }
    }

    private async Task EndAsync(Task loop)
    {
        _channels.CompleteAll();
        await loop.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private void AssertToldAs(Outbox outbox, string code)
    {
        var waiting = Waiting(outbox);
        Assert.Equal(_given.Order(), waiting.Where(IsOurs).Select(record => record.Id).Order());
        var codes = waiting.Select(record => Code(JsonDocument.Parse(record.Body).RootElement)).ToList();
        Assert.Single(codes, code);
        Assert.Single(codes, "storage-recovered");
        Assert.Equal(Enumerable.Range(1, waiting.Count).Select(i => (long?)i), waiting.Select(record => record.Seq));
    }

    private bool IsOurs(OutboxRecord record) => _given.Contains(record.Id);

    private static IReadOnlyList<OutboxRecord> Waiting(Outbox outbox) => outbox.ReadAfter(0, 10_000);

    private static string Code(JsonElement body) => body.GetProperty("code").GetString()!;
}
