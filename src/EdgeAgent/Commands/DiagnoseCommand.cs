using System.CommandLine;
using EdgeAgent.Children;
using EdgeAgent.Language;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent diagnose`: explains evidence from a file.</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        var evidence = new Option<string>("--evidence")
        {
            Description = "A JSON file: {machineType, faultLibrary, evidence: [...]}, or a decision.",
            Required = true,
            HelpName = "FILE.json",
        };
        var package = new Option<string?>("--package") { Description = "The language package's folder. Default: the template explains.", HelpName = "PATH" };
        var json = SharedOptions.Json();
        var command = new Command("diagnose", "Explains evidence in plain words.") { evidence, package, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var logs = ConsoleLogging.ToStandardError(LogLevel.Warning);
            var handler = new DiagnoseHandler(OwnProgram.Find(), Console.Out, Console.Error, TimeProvider.System, logs);
            return await handler.RunAsync(
                parsed.GetValue(evidence)!, parsed.GetValue(package), parsed.GetValue(json), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
