using EdgeAgent.Configuration;
using EdgeAgent.Packages;
using EdgeAgent.Sensors;
using EdgeAgent.Storage;
using EdgeAgent.Systemd;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>Builds one pipeline after another, each from the config as it was last accepted and the packages as they are then active.</summary>
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

    /// <summary>Packages that this start of the agent went back from; told by the first pipeline.</summary>
    public IReadOnlyList<GivenUp> GivenUp { get; set; } = [];

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
            var wiring = new PipelineWiring(_config, data, heartbeat, logLevel, _clock, time, logs);
            var pipeline = wiring.Wire(loaded, folders, source, broker, GivenUp, () => Restart());
            GivenUp = [];
            return pipeline;
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
}
