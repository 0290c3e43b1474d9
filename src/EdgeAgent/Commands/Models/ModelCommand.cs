using System.CommandLine;

namespace EdgeAgent.Commands.Models;

/// <summary>`edgeagent model`: makes signed packages, and swaps the models of a device.</summary>
internal static class ModelCommand
{
    public static Command Create() => new("model", "Model packages: make, sign and verify them; install, list and roll back what a device uses.")
    {
        KeygenCommand.Create(),
        PackCommand.Create(),
        SignCommand.Create(),
        VerifyCommand.Create(),
        InstallCommand.Create(),
        ListCommand.Create(),
        RollbackCommand.Create(),
    };
}
