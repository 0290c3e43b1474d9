using System.Globalization;
using System.Text;
using EdgeAgent.Commanding;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>
/// Outbox, alarm journal, commands and states on a disk on which calls fail now and then. As in the agent, what was refused is tried
/// again until it is stored; nothing else is done before.
/// </summary>
/// <param name="told">
/// Of the process that worked. What an fsync failed for was refused, and a power cut may leave it all the same: of the history, which is not tried
/// again, that is neither in the state before nor in the one after.
/// </param>
internal sealed class BadDiskScenario(IReadOnlyCollection<string> told) : IScenario
{
    private const string RefusedHistory = "refused history:";

    private const int MostTries = 3000;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);
    private static readonly HistoryLimits Limits = new(TimeSpan.FromDays(30), 50_000_000);
    private static readonly Moment Now = new(ManualTime.Start, Synced: true, TimeSpan.FromHours(1));

    private int _refusals;

    public void Work(string folder, Teller tell, Random random, int steps)
    {
        tell.Begin();
        using var outbox = new Outbox(DataDirectory.OutboxIn(folder), new OutboxSettings { Notice = OutboxItems.Notice }, patient: true);
        using var memory = new CommandMemory(CommandsIn(folder), most: 1000);
        Try(() => { _ = outbox.Status(); });
        var journal = OpenJournal(folder, outbox);
        var states = new StatesFile(folder);
        var waiting = new HashSet<Guid>();
        var recorded = 0;
        tell.Is(StateOf(folder, outbox));
        for (var step = 0; step < steps; step++)
        {
            tell.Begin();
            switch (random.Next(8))
            {
                case < 4:
                    OutboxItem[] items = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => OutboxScenario.Item(random))];
                    waiting.UnionWith(Try(() => outbox.Commit(items, OutboxItems.Now)).Select(record => record.Id));
                    break;
                case 4:
                    var settled = Try(() => outbox.ReadAfter(0, 1 + random.Next(8)));
                    Try(() => outbox.Settle([.. settled.Select(record => new Settlement(record.Position, null))]));
                    waiting.ExceptWith(settled.Select(record => record.Id));
                    break;
                case 5:
                    Try(() => states.TryWrite(StatesFileTests.States("0001", flow: step)) is { } why ? throw new IOException(why) : true);
                    break;
                case 6:
                    Remember(memory, tell, () => StateOf(folder, outbox), $"{step:0000}");
                    break;
                default:
                    var alarm = AlarmScenario.Item(random);
                    journal.Record([alarm], Now);
                    recorded++;
                    if (journal.Trouble is not null)
                    {
                        tell.Say(string.Create(CultureInfo.InvariantCulture, $"{RefusedHistory}{recorded}"));
                    }

                    for (var tries = 0; journal.Trouble is not null; tries++)
                    {
                        Refused(tries, journal.Trouble);
                        journal.Retry(Now);
                    }

                    break;
            }

            Compare(waiting, outbox);
            tell.Is(StateOf(folder, outbox));
        }

        journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
        tell.Say($"refused {_refusals.ToString(CultureInfo.InvariantCulture)}");
    }

    public Finding Look(string folder, StoredState before, StoredState after)
    {
        using var outbox = new Outbox(DataDirectory.OutboxIn(folder), new OutboxSettings { Notice = OutboxItems.Notice });
        var state = OutboxScenario.StateAfterPowerCut(outbox, before, after, out var salvaged);
        var journal = AlarmJournalFile.Open(DataDirectory.AlarmsIn(folder), outbox.LastJournal(), Limits, Now, out var salvage);
        var problem = journal.Trouble;
        using (var memory = new CommandMemory(CommandsIn(folder), most: 1000))
        {
            salvaged |= CommandScenario.IsMended(memory);
            problem ??= memory.Begin("another", [1], write: false).Trouble;
        }

        AddOthers(state, folder);
        foreach (var refused in told.Where(line => line.StartsWith(RefusedHistory, StringComparison.Ordinal)))
        {
            state.Prints.Remove(refused["refused ".Length..]);
        }

        journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return new Finding(state, problem) { Salvaged = salvaged || salvage is not null };
    }

    /// <summary>A journal that cannot be opened is kept in memory until the agent is started again: so often is it started.</summary>
    private AlarmJournal OpenJournal(string folder, Outbox outbox)
    {
        for (var tries = 0; ; tries++)
        {
            var journal = AlarmJournalFile.Open(DataDirectory.AlarmsIn(folder), outbox.LastJournal(), Limits, Now, out var salvage);
            if (salvage is not null)
            {
                throw new InvalidOperationException($"{salvage}: the journal was taken for damaged");
            }

            if (journal.Trouble is not { } trouble)
            {
                return journal;
            }

            journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Refused(tries, trouble);
        }
    }

    /// <summary>Reading opens files, and that may fail as well.</summary>
    private StoredState StateOf(string folder, Outbox outbox) => Try(() =>
    {
        var state = OutboxScenario.StateOf(outbox);
        AddOthers(state, folder);
        return state;
    });

    private static void AddOthers(StoredState state, string folder)
    {
        AlarmScenario.Add(state, folder);
        if (File.Exists(CommandsIn(folder)))
        {
            using var connection = SqliteFile.Connect(CommandsIn(folder), SqliteOpenMode.ReadOnly);
            if (SqliteFile.Scalar(connection, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'command'") > 0)
            {
                AlarmScenario.Add(state, connection, "SELECT 'command:' || id, COALESCE(answer, 'begun') FROM command");
            }
        }

        if (new StatesFile(folder).TryRead(out _) is { } states)
        {
            state.Prints["states"] = states.Modes[0].Tensors["reference_in"][0].ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string CommandsIn(string folder) => Path.Combine(folder, "commands.db");

    private void Remember(CommandMemory memory, Teller tell, Func<StoredState> state, string id)
    {
        for (var tries = 0; memory.Begin(id, Encoding.ASCII.GetBytes(id), write: true) is { State: RememberedState.Trouble } refusal; tries++)
        {
            Refused(tries, refusal.Trouble!);
        }

        tell.Is(state());
        tell.Begin();
        for (var tries = 0; memory.Finish(id, Encoding.ASCII.GetBytes("answer to " + id)) is { } refusal; tries++)
        {
            Refused(tries, refusal);
        }
    }

    /// <summary>The outbox holds what it acknowledged, and nothing that it refused.</summary>
    private static void Compare(HashSet<Guid> waiting, Outbox outbox)
    {
        if (!waiting.SetEquals(outbox.ReadAfter(0, 100_000).Select(record => record.Id)) || outbox.Status().Lost != 0)
        {
            throw new InvalidOperationException($"{waiting.Count} records were acknowledged, and these are there: {outbox.Status()}");
        }
    }

    private void Try(Action step) => Try(() =>
    {
        step();
        return true;
    });

    private T Try<T>(Func<T> step)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return step();
            }
            catch (Exception e) when (e is SqliteException or IOException)
            {
                Refused(tries, e.Message);
            }
        }
    }

    private void Refused(int tries, string why)
    {
        _refusals++;
        if (tries > MostTries)
        {
            throw new InvalidOperationException($"refused {tries} times: {why}");
        }

        Thread.Sleep(BetweenTries);
    }
}
