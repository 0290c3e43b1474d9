using System.CommandLine;
using EdgeAgent.Configuration;
using EdgeAgent.Packages;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using EdgeAgent.Systemd;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent run`: the service.</summary>
internal static class RunCommand
{
    /// <summary>Below systemd's TimeoutStopSec, above what the pipeline takes to store what is left.</summary>
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(9);

    public static Command Create()
    {
        var config = SharedOptions.Config();
        var data = SharedOptions.DataDir();
        var command = new Command("run", "Watches the machine until it is stopped; SIGHUP reloads the config.") { config, data };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(config)!, parsed.GetValue(data), stop));
        return command;
    }

    private static async Task<int> RunAsync(string configPath, string? dataDirectory, CancellationToken stop)
    {
        if (await ConfigFromCommandLine.LoadAsync(configPath, ConfigUse.Run).ConfigureAwait(false) is not { } config)
        {
            return ExitCodes.BadInput;
        }

        using var data = DataDirectory.TryTake(SharedOptions.DataDirectoryOf(config, dataDirectory), out var taken);
        if (data is null)
        {
            return await SharedOptions.FailAsync(ExitCodes.BadInput, taken!).ConfigureAwait(false);
        }

        var time = TimeProvider.System;
        using var logLevel = new LogLevelControl(config.Options.Logging.Level, time);
        using var logs = ConsoleLogging.ForService(config.Options.Logging, logLevel, data.FullPath);
        var heartbeat = new PipelineHeartbeat(time);
        var builder = new PipelineBuilder(config, () => Reload(configPath), data, heartbeat, logLevel, time, logs) { GivenUp = new BootGuard(new PackageStore(data.FullPath)).Pass() };
        if (builder.Check() is { } problem)
        {
            return await SharedOptions.FailAsync(problem.ExitCode, problem.Text).ConfigureAwait(false);
        }

        var host = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        host.Services
            .AddSingleton(logs)
            .AddSingleton(builder)
            .AddSingleton(heartbeat)
            .AddSingleton(time)
            .AddSingleton(SystemdNotifier.FromEnvironment(time))
            .AddSingleton<AgentService>()
            .AddHostedService(services => services.GetRequiredService<AgentService>())
            .Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTime);
        using var app = host.Build();
        var agent = app.Services.GetRequiredService<AgentService>();
        try
        {
            // The token catches a signal that came before the host listens for its own.
            await app.RunAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped before it had started: nothing was decided yet.
        }

        return agent.ExitCode;
    }

    private static (DeviceConfig? Config, string? Problem) Reload(string path) =>
        ConfigLoader.TryLoad(path, ConfigEnvironment.Current(), ConfigUse.Run, out var config, out var problems)
            ? (config, null)
            : (null, string.Join("; ", problems));
}
