using System.CommandLine;
using EdgeAgent.Configuration;

namespace EdgeAgent.Commands;

/// <summary>Options that several commands take, so that they read the same everywhere.</summary>
internal static class SharedOptions
{
    public const string DefaultDataDirectory = "/var/lib/edgeagent";

    public static Option<string> Config() => new("--config") { Description = "The device config (JSON with comments).", Required = true, HelpName = "FILE" };

    public static Option<string?> DataDir() => new("--data-dir")
    {
        Description = $"Where decisions and calibrations are kept. Default: dataDir of the config, else {DefaultDataDirectory}.",
        HelpName = "DIR",
    };

    public static Option<bool> Json() => new("--json") { Description = "One JSON document on stdout and nothing else." };

    /// <summary>The command line before the config before the default.</summary>
    public static string DataDirectoryOf(DeviceConfig config, string? fromCommandLine) =>
        fromCommandLine ?? (config.Options.DataDir is { } named ? config.Resolve(named) : DefaultDataDirectory);

    public static async Task<int> FailAsync(int exitCode, string line)
    {
        await Console.Error.WriteLineAsync($"edgeagent: {line}").ConfigureAwait(false);
        return exitCode;
    }
}
