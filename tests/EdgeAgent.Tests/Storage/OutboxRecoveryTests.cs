using System.Text;
using System.Text.Json;
using EdgeAgent.Storage;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Storage;

/// <summary>Damaged files: the agent starts, goes on behind the last number, and what was readable is still there.</summary>
public sealed class OutboxRecoveryTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string DatabasePath => Path.Combine(_folder.Path, "outbox.db");

    [Fact]
    public void A_file_that_is_no_database_is_put_aside_and_the_numbers_go_on()
    {
        using (var outbox = Open())
        {
            outbox.Commit([OutboxItems.Decision()], OutboxItems.Now);
        }

        File.WriteAllText(DatabasePath, new string('x', 20_000));
        using var again = Open();

        var notice = Notice(again);
        Assert.True(again.Commit([OutboxItems.Decision()], OutboxItems.Now)[0].Seq > 1);
        Assert.Equal("0", notice.GetProperty("data").GetProperty("salvaged").GetString());
        Assert.Equal(new string('x', 20_000), File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Path, "outbox.damaged-0001-*.db"))));
    }

    [Fact]
    public void A_lost_database_does_not_bring_back_a_sequence_number()
    {
        using (var outbox = Open())
        {
            outbox.Commit([OutboxItems.Decision(), OutboxItems.Decision()], OutboxItems.Now);
        }

        File.Delete(DatabasePath);
        using var again = Open();

        Assert.True(again.Commit([OutboxItems.Decision()], OutboxItems.Now)[0].Seq > 2);
    }

    [Fact]
    public void A_record_whose_body_changed_on_the_disk_is_not_sent_and_costs_no_other()
    {
        Guid damaged;
        using (var outbox = Open())
        {
            damaged = outbox.Commit([.. Enumerable.Range(0, 50).Select(_ => OutboxItems.Decision(padding: 300))], OutboxItems.Now)[20].Id;
        }

        var bytes = File.ReadAllBytes(DatabasePath);
        var at = bytes.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes($"\"id\":\"{damaged}\""));
        bytes[at + 100] ^= 1;
        File.WriteAllBytes(DatabasePath, bytes);

        using var again = Open();
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => again.ReadAfter(0, 100));
        var read = again.ReadAfter(0, 100);

        Assert.Equal(50, read.Count);
        Assert.DoesNotContain(read, record => record.Id == damaged);
        Assert.Equal(("49", "1"), (Data(Notice(again), "salvaged"), Data(Notice(again), "damaged")));
        Assert.Equal((1, 0), (again.Status().Damaged, again.Status().Lost));
    }

    [Fact]
    public void A_salvage_that_a_power_cut_interrupted_is_finished()
    {
        Guid id;
        using (var outbox = Open())
        {
            id = outbox.Commit([OutboxItems.Decision()], OutboxItems.Now)[0].Id;
        }

        // As it lies between the two renames, with the old log still there.
        File.Move(DatabasePath, DatabasePath + ".new");
        File.WriteAllText(DatabasePath + "-wal", "the log of the damaged one");

        using var again = Open();

        Assert.Equal(id, Assert.Single(again.ReadAfter(0, 10)).Id);
        Assert.False(File.Exists(DatabasePath + ".new"));
    }

    [Fact]
    public void Only_the_newest_damaged_files_are_kept()
    {
        for (var i = 0; i < 6; i++)
        {
            File.WriteAllText(DatabasePath, new string('x', 5000));
            Open().Dispose();
            File.Delete(DatabasePath + "-wal");
        }

        Assert.Equal(["0004", "0005", "0006"], Directory.GetFiles(_folder.Path, "outbox.damaged-*.db").Select(path => Path.GetFileName(path)[15..19]).Order());
    }

    /// <summary>EDGEAGENT_FLIPS=1000 by hand; every run flips other bits unless EDGEAGENT_SEED says which.</summary>
    [Fact]
    public void One_flipped_bit_anywhere_in_the_files_costs_at_most_the_records_that_it_damaged()
    {
        var seed = LongForm.Number("EDGEAGENT_SEED", Environment.TickCount);
        var flips = LongForm.Number("EDGEAGENT_FLIPS", 100);
        var fuzz = new BitFlips(_folder.Path, new Random(seed));

        for (var i = 0; i < flips; i++)
        {
            fuzz.Flip();
        }

        output.WriteLine($"bit flips, seed {seed}: {fuzz.Summary}");
        Assert.True(fuzz.Problems.Count == 0, $"seed {seed}: {fuzz.Summary}\n{string.Join('\n', fuzz.Problems)}");
        Assert.Equal(flips, fuzz.Flips);
    }

    private Outbox Open() => new(DatabasePath, new OutboxSettings { Notice = OutboxItems.Notice });

    private static JsonElement Notice(Outbox outbox) => outbox.ReadAfter(0, 1000).Select(record => JsonDocument.Parse(record.Body).RootElement)
        .Single(body => body.GetProperty("code").GetString() == "outbox-recovered");

    private static string? Data(JsonElement notice, string key) => notice.GetProperty("data").GetProperty(key).GetString();
}
