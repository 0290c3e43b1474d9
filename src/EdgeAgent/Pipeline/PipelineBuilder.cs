using EdgeAgent.Alarms;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Language;
using EdgeAgent.Packages;
using EdgeAgent.Sensors;
using EdgeAgent.Storage;
using EdgeAgent.Storage.Snapshots;
using EdgeAgent.Systemd;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// Wires one pipeline after another from the config: the one place that knows every part.
/// <code>
///  sensors ─▶ health gate ─▶ windows ─▶ anomaly model ─▶ alarm state ─▶ outbox ─▶ MQTT
///            └─────────────── MachineWatch ───────────────┘    │  ▲
///                                                           evidence ─▶ language model
/// </code>
/// </summary>
/// <param name="config">The config as it was last accepted.</param>
/// <param name="reload">Reads the config file again.</param>
/// <param name="data">The data directory, held by this process.</param>
internal sealed class PipelineBuilder(
    DeviceConfig config,
    Func<(DeviceConfig? Config, string? Problem)> reload,
    DataDirectory data,
    PipelineHeartbeat heartbeat,
    LogLevelControl logLevel,
    TimeProvider time,
    ILoggerFactory logs)
{
    private readonly MomentClock _clock = new(time, ClockSync.IsSynchronized, () => TimeSpan.FromMilliseconds(Environment.TickCount64));
    private DeviceConfig _config = config;

    public string MachineId => _config.Options.Machine.Id;

    /// <summary>Ends the running pipeline and starts a new one; set by whoever runs them.</summary>
    public Action Restart { get; set; } = () => { };

    /// <summary>Takes a changed config if it can be used; otherwise the old one stays.</summary>
    public bool TryReload(out StartProblem? problem)
    {
        var (changed, trouble) = reload();
        if (changed is null)
        {
            problem = new StartProblem(ExitCodes.BadInput, trouble!);
            return false;
        }

        problem = Check(changed);
        if (problem is not null)
        {
            return false;
        }

        _config = changed;
        return true;
    }

    /// <returns>null, or why no pipeline can be built from the config.</returns>
    public StartProblem? Check() => Check(_config);

    /// <returns>A pipeline ready to run, or null and why.</returns>
    public AgentPipeline? Build(out StartProblem? problem)
    {
        var options = _config.Options;
        var broker = BrokerPlan.Make(options, _config.Resolve, time, out problem);
        if (problem is not null)
        {
            return null;
        }

        var folders = ModelFolders.Choose(_config, data.FullPath);
        if (!MachineWatchLoader.TryLoad(options, folders.Anomaly, out var loaded, out problem))
        {
            return null;
        }

        if (!SensorSources.TryOpen(_config, time, logs, out var source, out var sensorProblem))
        {
            loaded.Watch.Dispose();
            loaded.Model.Dispose();
            problem = new StartProblem(ExitCodes.BadInput, sensorProblem.ToString());
            return null;
        }

        try
        {
            return Wire(options, loaded, folders, source, broker);
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            source.Dispose();
            loaded.Watch.Dispose();
            loaded.Model.Dispose();
            problem = new StartProblem(ExitCodes.Failed, $"{data.OutboxPath}: cannot be opened: {e.Message}");
            return null;
        }
    }

    private StartProblem? Check(DeviceConfig candidate)
    {
        var options = candidate.Options;
        _ = BrokerPlan.Make(options, candidate.Resolve, time, out var problem);
        if (problem is null && MachineWatchLoader.TryLoad(options, ModelFolders.AnomalyOf(candidate, data.FullPath), out var loaded, out problem))
        {
            loaded.Watch.Dispose();
            loaded.Model.Dispose();
        }

        return problem;
    }

    /// <summary>Installed packages that are not what they were.</summary>
    private List<Decision> PassedOver(ModelFolders folders, DecisionMaker decisions)
    {
        var log = logs.CreateLogger<PipelineBuilder>();
        return [.. folders.PassedOver.Select(problem =>
        {
            PipelineLog.PackagePassedOver(log, problem.ToString());
            return decisions.Notice("package-passed-over", Severity.Warning, new Dictionary<string, string> { ["why"] = problem.ToString() }, _clock.Now());
        })];
    }

    private AgentPipeline Wire(AgentOptions options, LoadedWatch loaded, ModelFolders folders, ISensorSource source, BrokerSettings? broker)
    {
        var contract = loaded.Model.Contract;
        var channels = new PipelineChannels();
        var counters = new PipelineCounters();
        var clock = _clock;
        var identity = new DeviceIdentity(options.Site, options.Device, options.Machine.Id, BootId.Read() ?? "unknown");
        var decisions = new DecisionMaker(
            identity, loaded.Settings.Channels, loaded.Model.Identity, WatchPlan.WindowLength(options, contract), Guid.CreateVersion7);
        var storage = OutboxPlan.Make(options.Outbox, decisions, clock, time);
        var outbox = new Outbox(data.OutboxPath, storage, patient: true);
        var states = new StateKeeper(new StatesFile(data.FullPath), logs.CreateLogger<StateKeeper>());
        var calibration = new CalibrationStep(
            new CalibrationStore(data.FullPath),
            states,
            options.Calibration.Auto,
            WatchPlan.CalibrationWindows(options, contract),
            decisions,
            logs.CreateLogger<CalibrationStep>());
        var worker = LanguageWorkers.Start(_config, folders.Language, time, logs);

        var sense = new SensorLoop(source, SensorSources.NameOf(options.Source), channels, counters, logs.CreateLogger<SensorLoop>());
        var book = new AlarmBook(WatchPlan.Alarms(options), decisions, identity, loaded.Settings.Channels);
        var notices = PassedOver(folders, decisions);
        var journal = JournalPlan.Open(data.AlarmsPath, outbox, WatchPlan.History(options), decisions, clock.Now(), notices, logs.CreateLogger<AlarmJournal>());
        var desk = new AlarmDesk(book, notices, channels.Items.Writer, journal, clock, time, logs.CreateLogger<AlarmDesk>());
        var snapshots = SnapshotPlan.Make(options, data, channels, desk, time, logs);
        if (snapshots is not null)
        {
            desk.Raised += snapshots.Recorder.Raised;
        }

        var detect = new DetectLoop(
            channels, loaded.Watch, decisions, desk, calibration, states, snapshots?.Recorder, clock, TimeSpan.FromSeconds(options.Health.StaleAfterSeconds),
            heartbeat, counters, time, logs.CreateLogger<DetectLoop>());
        var storeLog = logs.CreateLogger<StoreLoop>();
        var store = new StoreLoop(
            channels, journal, outbox, new HeldItems((long)options.Outbox.MemoryMegabytes << 20), new StorageTrouble(storage.Notice!, time, storeLog),
            clock, counters, time, storeLog);
        var explain = new ExplainLoop(
            channels, _config.FaultLibrary, worker.AskAsync, Guid.CreateVersion7, counters, time, logs.CreateLogger<ExplainLoop>());
        var commands = broker is null ? null : CommandPlan.Make(
            options.Mqtt!.Commands,
            broker.Topics,
            data.CommandsPath,
            tally => OperatorCommands.All(
                options, calibration, desk, journal, SnapshotFolder.In(data.FullPath), logLevel, () => Restart(), time, new StatusReport(counters, outbox, calibration, loaded.Model.Identity, () => worker.Model, broker, logLevel, tally, time)),
            clock.Now,
            time,
            logs);
        var publish = broker is null ? null : new PublishLoop(
            broker, channels, outbox, counters, commands, HomeAssistantPlan.Make(options, broker.Topics, desk, logs), new ReconnectBackoff(new Random(Environment.ProcessId)), time, logs.CreateLogger<PublishLoop>());
        return new AgentPipeline(
            sense, detect, store, explain, publish, commands, snapshots?.Loop, new AlarmSocket(data.FullPath, desk, time, logs.CreateLogger<AlarmSocket>()),
            channels, counters, outbox, [worker, loaded, desk, journal], logs.CreateLogger<AgentPipeline>());
    }
}
