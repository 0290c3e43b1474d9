using System.CommandLine;

namespace EdgeAgent.Commands.Models;

/// <summary>Where the trusted keys are.</summary>
internal static class KeysOption
{
    public const string DefaultFolder = "/etc/edgeagent/keys";

    public static Option<string> Create() => new("--keys")
    {
        Description = "The folder of trusted keys: *.pem, and revoked.txt with the ids of withdrawn ones.",
        DefaultValueFactory = _ => DefaultFolder,
        HelpName = "DIR",
    };
}
