using System.Text;
using EdgeAgent.Commanding;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;
using EdgeAgent.Tests.Storage.PowerLoss;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Storage;

/// <summary>The databases beside the outbox, with a bit that flipped. EDGEAGENT_FLIPS=1000 by hand; EDGEAGENT_SEED says which bits.</summary>
public sealed class StoreFlipTests(ITestOutputHelper output) : IDisposable
{
    private static readonly HistoryLimits Limits = new(TimeSpan.FromDays(30), 50_000_000);
    private static readonly Moment Now = new(ManualTime.Start, Synced: true, TimeSpan.FromHours(1));

    private readonly TemporaryFolder _folder = new();

    private string Alarms => Path.Combine(_folder.Path, "alarms.db");

    private string Commands => Path.Combine(_folder.Path, "commands.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_flipped_bit_costs_the_alarm_journal_at_most_what_it_damaged()
    {
        var random = new Random(Seed);
        StoreFlips flips;
        await using (var journal = AlarmJournalFile.Open(Alarms, 0, Limits, Now, out _))
        {
            for (var i = 0; i < 40; i++)
            {
                journal.Record([.. Enumerable.Range(0, 4).Select(_ => Item(random))], Now);
                if (i == 30)
                {
                    using var other = AlarmDatabase.Open(Alarms);
                    SqliteFile.Run(other, "PRAGMA wal_checkpoint(TRUNCATE)");
                }
            }

            flips = new StoreFlips(Alarms, random, key => key.Split(':')[1], LookAtAlarms);
        }

        Run("alarms.db", flips, things: 160);
    }

    [Fact]
    public void One_flipped_bit_costs_the_memory_of_commands_at_most_what_it_damaged()
    {
        var random = new Random(Seed);
        var memory = new CommandMemory(Commands, most: 1000);
        for (var i = 0; i < 150; i++)
        {
            memory.Begin(CommandId(i), Encoding.ASCII.GetBytes(CommandId(i)), write: true);
            memory.Finish(CommandId(i), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(CommandId(i), 1 + random.Next(random.Next(10) == 0 ? 600 : 20)))));
            if (i == 90)
            {
                using var other = SqliteFile.Connect(Commands, SqliteOpenMode.ReadWrite);
                SqliteFile.Run(other, "PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }

        var flips = new StoreFlips(Commands, random, key => key, LookAtCommands);
        memory.Dispose();
        Run("commands.db", flips, things: 150);
    }

    private static int Seed { get; } = LongForm.Number("EDGEAGENT_SEED", Environment.TickCount & 0xFFFFFF);

    private void Run(string name, StoreFlips flips, int things)
    {
        Assert.InRange(flips.LookAtWhole(), things, things + 30);
        for (var i = 0; i < LongForm.Number("EDGEAGENT_FLIPS", 60); i++)
        {
            flips.Flip();
        }

        output.WriteLine($"bit flips in {name}, seed {Seed}: {flips.Summary}");
        Assert.True(flips.Problems.Count == 0, $"{name}, seed {Seed}: {flips.Summary}\n{string.Join('\n', flips.Problems.Take(30))}");
    }

    private (StoredState State, bool Noticed) LookAtAlarms()
    {
        var journal = AlarmJournalFile.Open(Alarms, 0, Limits, Now, out var salvage);
        Assert.Null(journal.Trouble);
        var state = new StoredState();
        using (var connection = AlarmDatabase.OpenToRead(Alarms))
        {
            foreach (var source in AlarmStatements.ReadStates(connection))
            {
                state.Prints[$"standing:{source.Source.Name}"] = StoredState.Print(SourceStateJson.Write(source));
            }

            using var command = SqliteFile.Make(connection, "SELECT 'history:' || alarm_id, body FROM history");
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                state.Prints[reader.GetString(0)] = StoredState.Print(reader.GetFieldValue<byte[]>(1));
            }
        }

        journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return (state, salvage is not null);
    }

    private (StoredState State, bool Noticed) LookAtCommands()
    {
        using var memory = new CommandMemory(Commands, most: 1000);
        var noticed = memory.Begin("another", [1], write: false).State == RememberedState.Trouble && memory.Begin("another", [1], write: false).State == RememberedState.Trouble;
        noticed |= Directory.GetFiles(_folder.Path, "commands.damaged-*").Length > 0;
        var state = new StoredState();
        for (var i = 0; i < 150; i++)
        {
            if (memory.Begin(CommandId(i), Encoding.ASCII.GetBytes(CommandId(i)), write: false) is { State: RememberedState.Answered, Answer: { } answer })
            {
                state.Prints[CommandId(i)] = StoredState.Print(answer);
            }
        }

        return (state, noticed);
    }

    private static string CommandId(int number) => $"command-{number:0000}";

    /// <summary>Each says its alarm's id again and again, so that every page of it can be told.</summary>
    private static OutboxItem.ForDecision Item(Random random)
    {
        var id = Guid.CreateVersion7(ManualTime.Start);
        var alarm = new AlarmRecord(id, AlarmPhase.UnacknowledgedActive, Severity.Warning, "sensor-stuck", null, ManualTime.Start);
        var state = new SourceState(AlarmSource.Sensor($"Channel-{random.Next(30):00}"), alarm, null);
        var made = OutboxItems.Decision("warning", "sensor", "raised", id).Decision;
        var times = random.Next(10) == 0 ? 250 : 1 + random.Next(20);
        return new(made with { Code = string.Concat(Enumerable.Repeat(id.ToString(), times)) }, new AlarmEntry(state, Published: random.Next(2) == 0));
    }
}
