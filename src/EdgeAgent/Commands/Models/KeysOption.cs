using System.CommandLine;
using EdgeAgent.Configuration;

namespace EdgeAgent.Commands.Models;

/// <summary>Where the trusted keys are.</summary>
internal static class KeysOption
{
    private const string DefaultFolder = "/etc/edgeagent/keys";

    public static Option<string?> Create() => new("--keys")
    {
        Description = $"The folder of trusted keys: *.pem, and revoked.txt with the ids of withdrawn ones. Default: models.keys of the config, else {DefaultFolder}.",
        HelpName = "DIR",
    };

    /// <summary>The command line before the config before the default.</summary>
    public static string Folder(string? fromCommandLine, DeviceConfig? config) =>
        fromCommandLine ?? (config is null ? DefaultFolder : config.Resolve(config.Options.Models.Keys));
}
