using System.CommandLine;
using EdgeAgent.Configuration;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent check-config`: every mistake of every file at once.</summary>
internal static class CheckConfigCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Device configs.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check-config", "Checks device configs: every mistake at once, with its place, its value and what is allowed.") { files };
        command.SetAction(parsed => new CheckConfigRun(Console.Out, Console.Error, ConfigEnvironment.Current()).Check(parsed.GetValue(files)!));
        return command;
    }
}
