using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>
/// The alarm journal with the outbox behind it, as the store loop drives them: alarms raised, changed and ended, hidden ones, feedback,
/// a history that is cut to its bytes, restarts.
/// </summary>
internal sealed class AlarmScenario : IScenario
{
    private static readonly HistoryLimits Limits = new(TimeSpan.FromDays(30), 150_000);
    private static readonly Moment Now = new(ManualTime.Start, Synced: true, TimeSpan.FromHours(1));

    public void Work(string folder, Teller tell, Random random, int steps)
    {
        tell.Begin();
        var (outbox, journal) = Open(folder);
        tell.Is(StateOf(folder, outbox));
        var raised = new List<Guid>();
        for (var step = 0; step < steps; step++)
        {
            tell.Begin();
            switch (random.Next(10))
            {
                case < 7:
                    var items = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Item(random)).ToArray();
                    raised.AddRange(items.Select(item => item.Decision.AlarmId!.Value));
                    var numbered = journal.Record([.. items], Now);
                    tell.Is(StateOf(folder, outbox));
                    tell.Begin();
                    var stored = outbox.Commit([.. numbered], Now.At);
                    journal.Handed(numbered, [.. stored.Take(numbered.Count).Select(record => record.Seq)]);
                    break;
                case 7 when raised.Count > 0:
                    journal.TryGiveFeedback(raised[random.Next(raised.Count)], "true-fault", "Kim", new string('c', random.Next(400)), Now.At);
                    break;
                case 8:
                    outbox.Settle([.. outbox.ReadAfter(0, 8).Select(record => new Settlement(record.Position, null))]);
                    break;
                default:
                    Close(outbox, journal);
                    (outbox, journal) = Open(folder);
                    break;
            }

            tell.Is(StateOf(folder, outbox));
        }
    }

    public Finding Look(string folder, StoredState before, StoredState after)
    {
        using var outbox = OpenOutbox(folder);
        var state = OutboxScenario.StateAfterPowerCut(outbox, before, after, out var salvaged);
        state.Prints.Remove("counts");
        var journal = AlarmJournalFile.Open(AlarmsIn(folder), outbox.LastJournal(), Limits, Now, out var salvage);
        var problem = journal.Trouble;
        Add(state, folder);

        // What was not handed over is handed over now, and nothing twice; a salvage may have found what the journal hands over, which is stored once.
        var open = journal.Open();
        foreach (var item in open.OfType<OutboxItem.ForDecision>().Where(item => !salvaged && state.Prints.ContainsKey($"{item.Decision.Id:N}")))
        {
            problem ??= $"decision {item.Decision.Id} would be handed over again";
        }

        outbox.Commit(journal.Record(open, Now), Now.At);
        journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return new Finding(state, problem) { Salvaged = salvaged || salvage is not null, InParts = IsCut(before, after) };
    }

    private static string AlarmsIn(string folder) => DataDirectory.AlarmsIn(folder);

    private static Outbox OpenOutbox(string folder) => new(DataDirectory.OutboxIn(folder), new OutboxSettings { Notice = OutboxItems.Notice });

    private static (Outbox Outbox, AlarmJournal Journal) Open(string folder)
    {
        var outbox = OpenOutbox(folder);
        return (outbox, AlarmJournalFile.Open(AlarmsIn(folder), outbox.LastJournal(), Limits, Now, out _));
    }

    private static void Close(Outbox outbox, AlarmJournal journal)
    {
        journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
        outbox.Dispose();
    }

    private static StoredState StateOf(string folder, Outbox outbox)
    {
        var state = OutboxScenario.StateOf(outbox);
        state.Prints.Remove("counts");
        Add(state, folder);
        return state;
    }

    public static void Add(StoredState state, string folder)
    {
        using var connection = AlarmDatabase.OpenToRead(AlarmsIn(folder));
        foreach (var source in AlarmStatements.ReadStates(connection))
        {
            state.Prints.Add($"standing:{source.Source.Name}", StoredState.Print(SourceStateJson.Write(source)));
        }

        Add(state, connection, "SELECT 'history:' || n, body FROM history");
        Add(state, connection, "SELECT 'feedback:' || alarm_id, verdict || comment FROM feedback");
    }

    public static void Add(StoredState state, SqliteConnection connection, string sql)
    {
        using var command = SqliteFile.Make(connection, sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            state.Prints.Add(reader.GetString(0), StoredState.Print(reader.GetFieldValue<byte[]>(1)));
        }
    }

    /// <summary>The history is cut in transactions of its own behind the one that made it too long.</summary>
    private static bool IsCut(StoredState before, StoredState after) =>
        before.Prints.Keys.Any(key => key.StartsWith("history:", StringComparison.Ordinal) && !after.Prints.ContainsKey(key));

    public static OutboxItem.ForDecision Item(Random random)
    {
        var channel = $"C{random.Next(8)}";
        var phase = (AlarmPhase)random.Next(6);
        var alarm = new AlarmRecord(Guid.CreateVersion7(ManualTime.Start), phase, Severity.Warning, "sensor-stuck", null, ManualTime.Start);
        var gone = random.Next(5) == 0;
        var state = new SourceState(AlarmSource.Sensor(channel), gone ? null : alarm, null);
        var item = OutboxItems.Decision("warning", "sensor", gone ? "cleared" : "raised", alarm.Id, random.Next(20) == 0 ? 6000 : random.Next(600));
        return new(item.Decision, new AlarmEntry(state, Published: random.Next(4) > 0));
    }
}
