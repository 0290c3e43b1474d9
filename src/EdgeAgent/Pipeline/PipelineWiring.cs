using EdgeAgent.Alarms;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Language;
using EdgeAgent.Outputs;
using EdgeAgent.Packages;
using EdgeAgent.Sensors;
using EdgeAgent.Sensors.Hardware;
using EdgeAgent.Storage;
using EdgeAgent.Storage.Snapshots;
using EdgeAgent.Swapping;
using EdgeAgent.Systemd;
using EdgeAgent.Usb;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// Wires one pipeline from one config: the one place that knows every part.
/// <code>
///  sensors ─▶ health gate ─▶ windows ─▶ anomaly model ─▶ alarm state ─▶ outbox ─▶ MQTT
///            └─────────── MachineWatch in WatchStage ─────┘    │  ▲
///                               ▲                           evidence ─▶ language model
///  packages ─▶ SwapLoop ────────┘
///  sticks ───▶ StickWatch ─▶ packages          alarms, packages ─▶ OutputLoop ─▶ lamps and relays
/// </code>
/// </summary>
internal sealed class PipelineWiring(
    DeviceConfig config, DataDirectory data, PipelineHeartbeat heartbeat, LogLevelControl logLevel, MomentClock clock, TimeProvider time, ILoggerFactory logs)
{
    private readonly AgentOptions _options = config.Options;

    /// <param name="loaded">Owned by the pipeline from now on, as the source is.</param>
    /// <param name="broker">null if decisions stay in the outbox.</param>
    public AgentPipeline Wire(
        LoadedWatch loaded, ModelFolders folders, ISensorSource source, BrokerSettings? broker, IReadOnlyList<GivenUp> givenUp, Action restart)
    {
        var channels = new PipelineChannels();
        var counters = new PipelineCounters();
        var identity = new DeviceIdentity(_options.Site, _options.Device, _options.Machine.Id, BootId.Read() ?? "unknown");
        var decisions = new DecisionMaker(identity, loaded.Settings.Channels, loaded.Model.Identity, loaded.WindowLength, Guid.CreateVersion7);
        var storage = OutboxPlan.Make(_options.Outbox, decisions, clock, time);
        var outbox = new Outbox(data.OutboxPath, storage, patient: true);
        var states = new StateKeeper(new StatesFile(data.FullPath), logs.CreateLogger<StateKeeper>());
        var calibration = new CalibrationStep(
            new CalibrationStore(data.FullPath),
            states,
            _options.Calibration.Auto,
            contract => WatchPlan.CalibrationWindows(_options, contract),
            decisions,
            logs.CreateLogger<CalibrationStep>());
        var worker = LanguageWorkers.Start(config, folders.Language, time, logs);
        var swaps = SwapPlan.Make(
            config, data, loaded, calibration, decisions, channels, new SwapSurroundings(worker.UseAsync, restart, clock.Now, time), givenUp, logs);

        var hardware = source as HardwareSource;
        var sensorNotices = hardware is null ? null : new SensorNotices(hardware.Events, decisions, channels, clock);
        var sense = new SensorLoop(source, SensorSources.NameOf(_options.Source), sensorNotices, channels, counters, logs.CreateLogger<SensorLoop>());
        var book = new AlarmBook(WatchPlan.Alarms(_options), decisions, identity, loaded.Settings.Channels);
        var notices = PassedOver(folders, decisions);
        var journal = JournalPlan.Open(data.AlarmsPath, outbox, WatchPlan.History(_options), decisions, clock.Now(), notices, logs.CreateLogger<AlarmJournal>());
        var desk = new AlarmDesk(book, notices, channels.Items.Writer, journal, clock, time, logs.CreateLogger<AlarmDesk>());
        var snapshots = SnapshotPlan.Make(_options, data, channels, desk, time, logs);
        if (snapshots is not null)
        {
            desk.Raised += snapshots.Recorder.Raised;
        }

        var detect = new DetectLoop(
            channels, swaps.Stage, decisions, desk, calibration, states, snapshots?.Recorder, clock, TimeSpan.FromSeconds(_options.Health.StaleAfterSeconds),
            heartbeat, counters, time, logs.CreateLogger<DetectLoop>());
        var storeLog = logs.CreateLogger<StoreLoop>();
        var store = new StoreLoop(
            channels, journal, outbox, new HeldItems((long)_options.Outbox.MemoryMegabytes << 20), new StorageTrouble(storage.Notice!, time, storeLog),
            clock, counters, time, storeLog);
        var explain = new ExplainLoop(
            channels, config.FaultLibrary, worker.AskAsync, Guid.CreateVersion7, counters, time, logs.CreateLogger<ExplainLoop>());
        var commands = broker is null ? null : CommandPlan.Make(
            _options.Mqtt!.Commands,
            broker.Topics,
            data.CommandsPath,
            tally => OperatorCommands.All(
                _options, calibration, desk, journal, SnapshotFolder.In(data.FullPath), swaps, logLevel, restart, time,
                new StatusReport(counters, outbox, calibration, () => swaps.Stage.Model, () => worker.Model, broker, hardware, logLevel, tally, time)),
            clock.Now,
            time,
            logs);
        var publish = broker is null ? null : new PublishLoop(
            broker, channels, outbox, counters, commands, HomeAssistantPlan.Make(_options, broker.Topics, desk, logs), new ReconnectBackoff(new Random(Environment.ProcessId)), time, logs.CreateLogger<PublishLoop>());
        return new AgentPipeline(
            sense, detect, store, explain, publish, commands, snapshots?.Loop, new AlarmSocket(data.FullPath, desk, time, logs.CreateLogger<AlarmSocket>()), swaps.Loop,
            new StickWatch([.. _options.Usb.WatchPaths.Select(config.Resolve)], data.FullPath, time, logs.CreateLogger<StickWatch>()),
            OutputPlan.Make(_options.Outputs, desk, swaps.Loop, decisions, channels, clock, time, logs.CreateLogger<OutputLoop>()),
            channels, counters, outbox, [worker, swaps.Stage, desk, journal], logs.CreateLogger<AgentPipeline>());
    }

    /// <summary>Installed packages that are not what they were.</summary>
    private List<Decision> PassedOver(ModelFolders folders, DecisionMaker decisions)
    {
        var log = logs.CreateLogger<PipelineBuilder>();
        return [.. folders.PassedOver.Select(problem =>
        {
            PipelineLog.PackagePassedOver(log, problem.ToString());
            return decisions.Notice("package-passed-over", Severity.Warning, new Dictionary<string, string> { ["why"] = problem.ToString() }, clock.Now());
        })];
    }
}
