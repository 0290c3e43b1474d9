using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Pipeline.Outage;

/// <summary>
/// One boot of the agent behind its detection: alarm book, journal, store loop, template explanations and outbox, on real files and a
/// simulated clock that starts at 0.
/// </summary>
internal sealed class OutageBoot : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly FaultLibrary NoFaults = new("pump", []);

    private readonly StoreWitness _witness = new();
    private readonly DecisionMaker _decisions;
    private readonly AlarmJournal _journal;
    private readonly AlarmBook _book;
    private readonly Task _storing;
    private readonly Task _explaining;
    private readonly List<Guid> _given = [];
    private readonly List<Guid> _raised = [];

    public OutageBoot(string folder, string bootId, DateTimeOffset wall, bool synced, int quotaMegabytes)
    {
        Folder = folder;
        Synced = synced;
        Time.SetWall(wall);
        var identity = new DeviceIdentity("site", "device", "P-1", bootId);
        _decisions = new DecisionMaker(identity, OutageMachine.Channels, new ModelIdentity("model", "1", new string('0', 64)), TimeSpan.FromSeconds(59), Guid.CreateVersion7);
        Clock = new MomentClock(Time, () => Synced, () => Time.GetElapsedTime(0));
        var settings = new OutboxSettings
        {
            MaxBytes = (long)quotaMegabytes << 20,
            Notice = (code, severity, data) => _decisions.Notice(code, severity, data, Clock.Now()),
            Time = Time,
        };
        Outbox = new Outbox(Path.Combine(folder, "outbox.db"), settings, patient: true);
        _journal = AlarmJournalFile.Open(
            Path.Combine(folder, "alarms.db"), Outbox.LastJournal(), new HistoryLimits(TimeSpan.FromDays(30), 50_000_000), Clock.Now(), out var setAside);
        Assert.Null(setAside);
        _book = new AlarmBook(OutageMachine.Rules, _decisions, identity, OutageMachine.Channels);
        var told = new List<AlarmDecision>();
        _book.Restore(_journal.States(), Clock.Now(), told);
        Assert.Empty(told);
        Assert.Empty(_journal.Open());
        _storing = new StoreLoop(
            Channels, _journal, Outbox, new HeldItems(8 << 20), new StorageTrouble(settings.Notice, Time, _witness), Clock, Counters, Time, _witness)
            .RunAsync(CancellationToken.None);
        _explaining = new ExplainLoop(
            Channels, NoFaults, (_, _, _) => Task.FromResult(ModelOutcome.Failed("none")), Guid.CreateVersion7, Counters, Time, NullLogger<ExplainLoop>.Instance)
            .RunAsync(CancellationToken.None);
    }

    public string Folder { get; }

    public ManualTime Time { get; } = new();

    public MomentClock Clock { get; }

    /// <summary>Whether a time service says that the wall clock is right.</summary>
    public bool Synced { get; set; }

    public PipelineChannels Channels { get; } = new();

    public PipelineCounters Counters { get; } = new();

    public Outbox Outbox { get; }

    /// <summary>One decision, a little later.</summary>
    public async Task StepAsync(OutageMachine machine, TimeSpan later)
    {
        Time.Advance(later);
        var item = machine.Next(_book, _decisions, Clock.Now());
        var made = machine.Made[^1];
        _given.Add(made.Id);
        if (made is { Kind: "machine", Event: "raised" })
        {
            _raised.Add(made.Id);
        }

        await Channels.Items.Writer.WriteAsync(item);
    }

    /// <summary>Everything that was decided and explained so far is on the disk, or counted as lost.</summary>
    public async Task StoredAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!_given.TrueForAll(_witness.IsDoneWith) || _witness.Diagnoses < _raised.Count(_witness.HasStored))
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>The files as they lie: what a kill or a reset would leave.</summary>
    public string CopyFiles()
    {
        var copy = Directory.CreateDirectory(Folder + "'").FullName;
        foreach (var file in Directory.GetFiles(Folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>Ends in order: everything is stored, every file closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await Channels.Items.Writer.WriteAsync(null);
        await _explaining.WaitAsync(Patience);
        Channels.Items.Writer.TryComplete();
        await _storing.WaitAsync(Patience);
        await _journal.DisposeAsync();
        Outbox.Dispose();
    }
}
