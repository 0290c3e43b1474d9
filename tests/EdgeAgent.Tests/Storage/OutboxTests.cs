using System.Text.Json;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Tests.Storage;

/// <summary>The outbox on a real SQLite file.</summary>
public sealed class OutboxTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("edgeagent-outbox-").FullName;

    private string DatabasePath => Path.Combine(_folder, "outbox.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sequence_numbers_rise_by_one_and_go_on_after_a_restart()
    {
        using (var outbox = new Outbox(DatabasePath))
        {
            outbox.Commit([Item(), Item()], Now);
            outbox.Settle([.. outbox.ReadAfter(0, 10).Select(record => new Settlement(record.Position, null))]);
        }

        using var reopened = new Outbox(DatabasePath);
        var record = Assert.Single(reopened.Commit([Item()], Now));

        Assert.Equal(3, record.Seq);
        Assert.Equal(3, reopened.Status().LastSeq);
    }

    [Fact]
    public void What_was_stored_is_read_back_byte_for_byte_in_order()
    {
        using var outbox = new Outbox(DatabasePath);
        var stored = outbox.Commit([.. Enumerable.Range(0, 20).Select(_ => Item())], Now);

        var read = outbox.ReadAfter(0, 100);

        Assert.Equal(stored.Select(record => record.Id), read.Select(record => record.Id));
        Assert.All(stored.Zip(read), pair => Assert.Equal(pair.First.Body, pair.Second.Body));
        Assert.All(read, record => Assert.Equal(record.Seq, JsonDocument.Parse(record.Body).RootElement.GetProperty("seq").GetInt64()));
    }

    [Fact]
    public void Only_settled_records_leave_and_nothing_is_lost_in_the_counts()
    {
        using var outbox = new Outbox(DatabasePath);
        var stored = outbox.Commit([Item(), Item(), Item()], Now);

        outbox.Settle([new Settlement(stored[0].Position, null), new Settlement(stored[2].Position, 0x95)]);

        var status = outbox.Status();
        Assert.Equal((3, 1, 1, 1, 0), (status.Stored, status.Delivered, status.Waiting, status.Dead, status.Lost));
        Assert.Equal(stored[1].Id, Assert.Single(outbox.ReadAfter(0, 10)).Id);
    }

    [Fact]
    public void Settling_twice_counts_once()
    {
        using var outbox = new Outbox(DatabasePath);
        var stored = outbox.Commit([Item()], Now);
        outbox.Settle([new Settlement(stored[0].Position, null)]);
        outbox.Settle([new Settlement(stored[0].Position, null)]);

        Assert.Equal((1, 0), (outbox.Status().Delivered, outbox.Status().Lost));
    }

    [Fact]
    public void What_is_settled_together_is_told_apart_and_only_that_goes()
    {
        using var outbox = new Outbox(DatabasePath);
        var stored = outbox.Commit([.. Enumerable.Range(0, 7).Select(_ => Item())], Now);

        outbox.Settle([new Settlement(stored[5].Position, null), new Settlement(stored[1].Position, 0x99), new Settlement(stored[2].Position, null), new Settlement(stored[2].Position + 100, null)]);

        Assert.Equal([stored[0].Id, stored[3].Id, stored[4].Id, stored[6].Id], outbox.ReadAfter(0, 10).Select(record => record.Id));
        var status = outbox.Status();
        Assert.Equal((2, 1, 4, 0), (status.Delivered, status.Dead, status.Waiting, status.Lost));
    }

    [Fact]
    public void A_position_is_never_used_again()
    {
        using var outbox = new Outbox(DatabasePath);
        var first = outbox.Commit([Item()], Now)[0];
        outbox.Settle([new Settlement(first.Position, null)]);

        Assert.True(outbox.Commit([Item()], Now)[0].Position > first.Position);
    }

    [Fact]
    public void A_failed_commit_stores_nothing_and_takes_no_sequence_number()
    {
        using var outbox = new Outbox(DatabasePath);
        var twice = Item();

        Assert.Throws<SqliteException>(() => outbox.Commit([Item(), twice, twice], Now));

        Assert.Equal(0, outbox.Status().Stored);
        Assert.Equal(1, outbox.Commit([twice], Now)[0].Seq);
    }

    [Fact]
    public void A_commit_is_synced_and_logged_ahead()
    {
        using (new Outbox(DatabasePath))
        {
            using var connection = OutboxDatabase.Open(DatabasePath);
            Assert.Equal("wal", Pragma(connection, "journal_mode"));
            Assert.Equal(2L, Pragma(connection, "synchronous"));
        }
    }

    private static object? Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return command.ExecuteScalar();
    }

    private static OutboxItem.ForDecision Item() => new(new Decision(
        Decision.SchemaName, Guid.CreateVersion7(Now), 0, "boot", null, "site", "device", "machine", Now, "synced", 1, "agent", "notice",
        null, "info", null, null, null, null, null, null, null, "test", null));
}
