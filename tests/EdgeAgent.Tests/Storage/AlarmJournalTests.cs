using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Storage;
using EdgeAgent.Tests.Pipeline;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Tests.Storage;

/// <summary>The journal on a real SQLite file, with the outbox behind it.</summary>
public sealed class AlarmJournalTests : IDisposable
{
    private static readonly HistoryLimits Limits = new(TimeSpan.FromDays(30), 50_000_000);

    private readonly TemporaryFolder _folder = new();

    private string JournalPath => Path.Combine(_folder.Path, "alarms.db");

    private string OutboxPath => Path.Combine(_folder.Path, "outbox.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_kill_kept_from_the_outbox_is_handed_over_at_the_next_start_and_only_once()
    {
        var batch = new[] { Raised("Flow"), Raised("Pressure") };
        await using (var journal = Open())
        {
            Assert.Equal(2, journal.Record(batch, Now()).Count);
        }

        // The agent was killed before the outbox had them.
        using var outbox = new Outbox(OutboxPath);
        await using (var journal = Open(outbox))
        {
            var open = journal.Open();
            Assert.Equal([.. batch.Select(IdOf)], open.Select(IdOf));
            outbox.Commit([.. journal.Record(open, Now())], ManualTime.Start);
        }

        // Killed again, before the journal had learnt of it.
        await using (var journal = Open(outbox))
        {
            Assert.Empty(journal.Open());
        }

        Assert.Equal(2, outbox.Status().Stored);
    }

    [Fact]
    public async Task A_new_journal_beside_an_old_outbox_begins_behind_what_that_remembers()
    {
        using var outbox = new Outbox(OutboxPath);
        await using (var journal = Open(outbox))
        {
            outbox.Commit([.. journal.Record([Raised("Flow"), Raised("Flow"), Raised("Flow")], Now())], ManualTime.Start);
        }

        File.Delete(JournalPath);
        await using (var journal = Open(outbox))
        {
            journal.Record([Raised("Pressure")], Now());
        }

        await using (var journal = Open(outbox))
        {
            Assert.Single(journal.Open());
        }
    }

    [Fact]
    public async Task States_and_history_survive_and_what_is_hidden_is_not_for_the_outbox()
    {
        var hidden = Raised("Flow", published: false);
        var gone = new OutboxItem.ForState(new AlarmEntry(new SourceState(AlarmSource.Sensor("Old"), null, null), Published: false));
        await using (var journal = Open())
        {
            Assert.DoesNotContain(IdOf(hidden), journal.Record([hidden, Raised("Old"), gone], Now()).Select(IdOf));
        }

        await using (var journal = Open())
        {
            var state = Assert.Single(journal.States());
            Assert.Equal(hidden.Alarm!.State, state);
            Assert.DoesNotContain(IdOf(hidden), journal.Open().Select(IdOf));
        }

        Assert.Equal(2, Count("history"));
    }

    [Fact]
    public async Task A_shelf_an_acknowledgement_and_what_nobody_heard_of_are_read_as_they_were_written()
    {
        var alarm = new AlarmRecord(
            Guid.CreateVersion7(ManualTime.Start), AlarmPhase.LatchedAcknowledged, Severity.Critical, null, 2.5, ManualTime.Start, Suppressed: true,
            new Acknowledgement("Kim", "seen ☃", ManualTime.Start), OutboxItems.Decision().Decision with { Score = 2.5, Window = new DecisionWindow(ManualTime.Start, ManualTime.Start) });
        var shelf = AlarmShelf.Begin(alarm.Id, TimeSpan.FromMinutes(7), Now(), "boot", "Lee", null);
        var state = new SourceState(AlarmSource.Machine("P-1"), alarm, shelf);
        await using (var journal = Open())
        {
            journal.Record([new OutboxItem.ForState(new AlarmEntry(state, Published: false))], Now());
        }

        await using (var journal = Open())
        {
            Assert.Equal(state, Assert.Single(journal.States()));
        }
    }

    [Fact]
    public async Task History_is_forgotten_by_age_only_when_both_clocks_can_be_believed()
    {
        var items = new[] { Raised("Flow", published: false) };
        await using (var journal = Open())
        {
            journal.Record(items, Now() with { At = ManualTime.Start.AddDays(-31) });
            journal.Record(items.Select(item => item with { }).ToArray(), Now() with { At = DateTimeOffset.UnixEpoch, Synced = false });
            journal.Record(items.Select(item => item with { }).ToArray(), Now());
        }

        await using (Open(now: Now() with { At = ManualTime.Start.AddYears(5), Synced = false }))
        {
            Assert.Equal(3, Count("history"));
        }

        await using (Open())
        {
            Assert.Equal(2, Count("history"));
        }
    }

    [Fact]
    public async Task History_stays_within_its_bytes_and_the_oldest_goes_first()
    {
        var limits = new HistoryLimits(TimeSpan.FromDays(30), 400_000);
        OutboxItem newest = Raised("Flow", published: false);
        await using (var journal = Open(limits: limits))
        {
            for (var i = 0; i < 1000; i++)
            {
                journal.Record([newest = Raised("Flow", published: false)], Now());
            }
        }

        await using (Open(limits: limits))
        {
            Assert.InRange(Count("history"), 100, 999);
            Assert.InRange(new FileInfo(JournalPath).Length, 1, 600_000);
            using var connection = AlarmDatabase.OpenToRead(JournalPath);
            using var command = SqliteFile.Make(connection, "SELECT COUNT(*) FROM history WHERE alarm_id = $alarm", ("$alarm", ((OutboxItem.ForDecision)newest).Decision.AlarmId.ToString()));
            Assert.Equal(1L, command.ExecuteScalar());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(3 * 4096)]
    [InlineData(8 * 4096)]
    public async Task A_damaged_file_is_set_aside_and_what_was_readable_goes_on_in_a_new_one(int at)
    {
        await using (var journal = Open())
        {
            for (var i = 0; i < 50; i++)
            {
                journal.Record([Raised("Flow")], Now());
            }
        }

        var bytes = File.ReadAllBytes(JournalPath);
        bytes.AsSpan(at, 2 * 4096).Fill((byte)'x');
        File.WriteAllBytes(JournalPath, bytes);

        await using (var journal = AlarmJournalFile.Open(JournalPath, 50, Limits, Now(), out var salvage))
        {
            Assert.Null(journal.Trouble);
            Assert.Equal("alarms.damaged-0001-20261120T120000Z.db", salvage!.SetAside);
            Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_folder.Path, salvage.SetAside)));

            // Where the alarm stands lies on the second page; from the seventh on, the history.
            Assert.Equal(at >= 3 * 4096 ? 1 : 0, salvage.Standing);
            Assert.InRange(salvage.History, at > 6 * 4096 ? 1 : 50, at > 6 * 4096 ? 49 : 50);
            Assert.Equal(salvage.History, Count("history"));
            journal.Record([Raised("Pressure")], Now());
            Assert.Contains("Pressure", journal.States().Select(state => state.Source.Name));
            using var connection = AlarmDatabase.Open(JournalPath);
            Assert.Equal("wal", Pragma(connection, "journal_mode"));
            Assert.Equal(2L, Pragma(connection, "synchronous"));
        }
    }

    [Fact]
    public async Task A_file_of_a_newer_agent_is_left_alone_and_nothing_that_is_done_counts_as_stored()
    {
        await using (Open())
        {
            using var connection = AlarmDatabase.Open(JournalPath);
            SqliteFile.Run(connection, "PRAGMA user_version = 2");
        }

        await using (var journal = AlarmJournalFile.Open(JournalPath, 0, Limits, Now(), out var salvage))
        {
            Assert.Null(salvage);
            Assert.Contains("schema version 2; this agent knows 1", journal.Trouble);
            Assert.False(await RecordAsync(journal, Raised("Flow")));
            Assert.Single(journal.States());
            Assert.Contains("kept in memory", journal.Trouble);
        }

        Assert.Equal(0, Count("history"));
    }

    [SmallDiskFact]
    public async Task On_a_full_disk_states_are_told_as_not_stored_and_are_on_the_disk_once_there_is_space()
    {
        using var disk = SmallDisk.Mount();
        var path = Path.Combine(disk.Path, "alarms #1?.db");
        var states = new List<SourceState>();
        await using (var journal = AlarmJournalFile.Open(path, 0, Limits, Now(), out _))
        {
            Assert.True(await RecordAsync(journal, Raised("First")));
            disk.Fill();
            var number = 0;
            while (await RecordAsync(journal, Raised($"C{number}")))
            {
                Assert.InRange(++number, 0, 1000);
            }

            Assert.NotNull(journal.Trouble);
            disk.Empty();
            journal.Retry(Now());
            Assert.Null(journal.Trouble);
            states.AddRange(journal.States());
            Assert.Equal(number + 2, states.Count);
        }

        // After an orderly stop, a start on a disk with no room at all.
        disk.Fill();
        await using (var journal = AlarmJournalFile.Open(path, 0, Limits, Now(), out _))
        {
            Assert.Contains("kept in memory", journal.Trouble);
            Assert.Equal(states, journal.States());
        }
    }

    [Fact]
    public async Task A_disk_that_refuses_costs_history_and_never_the_state()
    {
        await using var journal = Open();
        using (var other = AlarmDatabase.Open(JournalPath))
        {
            SqliteFile.Run(other, "CREATE TRIGGER full BEFORE INSERT ON history BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        }

        Assert.False(await RecordAsync(journal, Raised("Flow")));
        Assert.Contains("full", journal.Trouble);
        Assert.Equal(1, journal.HistoryLost);
        Assert.Empty(journal.States());

        journal.Retry(Now());
        Assert.Single(journal.States());
        Assert.Null(journal.Trouble);
    }

    [Fact]
    public async Task Feedback_is_kept_with_the_alarm_and_the_last_word_counts()
    {
        await using var journal = Open();
        var raised = Raised("Flow");
        var diagnosis = new OutboxItem.ForDiagnosis(
            new Diagnosis(Diagnosis.CurrentSchema, Guid.CreateVersion7(ManualTime.Start), raised.Decision.AlarmId!.Value, raised.Decision.Id, "wear", 1, [], "s", "e", [], "en", "template", true, 1, null),
            "warning");
        journal.Record([raised, diagnosis], Now());

        Assert.True(journal.TryGiveFeedback(raised.Decision.AlarmId!.Value, "true-fault", "Kim", null, ManualTime.Start));
        Assert.True(journal.TryGiveFeedback(raised.Decision.AlarmId!.Value, "false-alarm", null, "sensor cable", ManualTime.Start));
        Assert.False(journal.TryGiveFeedback(Guid.CreateVersion7(ManualTime.Start), "true-fault", null, null, ManualTime.Start));

        using var connection = AlarmDatabase.OpenToRead(JournalPath);
        var line = Assert.Single(EdgeAgent.Alarms.AlarmList.Read(connection, standing: true, most: 10, snapshots: new HashSet<Guid> { raised.Decision.AlarmId!.Value }));
        Assert.True(line.Snapshot);
        Assert.Equal(("false-alarm", "wear", "Flow", "unacknowledged", true), (line.Feedback, line.Fault, line.Source, line.State, line.Published));
    }

    private AlarmJournal Open(Outbox? outbox = null, HistoryLimits? limits = null, Moment? now = null) =>
        new(AlarmDatabase.Open(JournalPath), outbox?.LastJournal() ?? 0, limits ?? Limits, now ?? Now());

    /// <summary>What somebody who waits for the disk is told.</summary>
    private static Task<bool> RecordAsync(AlarmJournal journal, OutboxItem.ForDecision item)
    {
        var written = new TaskCompletionSource<bool>();
        Assert.Single(journal.Record([item with { Alarm = item.Alarm! with { Written = written } }], Now()));
        return written.Task;
    }

    private long Count(string table)
    {
        using var connection = AlarmDatabase.OpenToRead(JournalPath);
        return SqliteFile.Scalar(connection, $"SELECT COUNT(*) FROM {table}");
    }

    private static object? Pragma(SqliteConnection connection, string name)
    {
        using var command = SqliteFile.Make(connection, $"PRAGMA {name}");
        return command.ExecuteScalar();
    }

    private static Moment Now() => new(ManualTime.Start, Synced: true, TimeSpan.FromHours(1));

    private static Guid IdOf(OutboxItem item) => ((OutboxItem.ForDecision)item).Decision.Id;

    private static OutboxItem.ForDecision Raised(string channel, bool published = true)
    {
        var alarm = new AlarmRecord(Guid.CreateVersion7(ManualTime.Start), AlarmPhase.UnacknowledgedActive, Severity.Warning, "sensor-stuck", null, ManualTime.Start);
        var state = new SourceState(AlarmSource.Sensor(channel), alarm, null);
        var decision = new Decision(
            Decision.SchemaName, Guid.CreateVersion7(ManualTime.Start), 0, "boot", alarm.Id, "site", "device", "machine", ManualTime.Start, "synced", 1,
            "sensor", "raised", state.Status, "warning", null, null, null, null, null, null, null, "sensor-stuck", new Dictionary<string, string> { ["channel"] = channel });
        return new OutboxItem.ForDecision(decision, new AlarmEntry(state, published));
    }
}
