using System.CommandLine;
using EdgeAgent.Language;

namespace EdgeAgent.Commands;

/// <summary>`edgeagent language-worker`: the child process that the agent starts for itself.</summary>
internal static class LanguageWorkerCommand
{
    public static Command Create()
    {
        var package = new Option<string>("--package") { Description = "The language package's folder.", Required = true, HelpName = "PATH" };
        var threads = new Option<int>("--threads") { Description = "Threads of the model.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var memory = new Option<int?>("--memory-limit") { Description = "Megabytes that the worker may take for itself.", HelpName = "MB" };
        var command = new Command("language-worker", "Explains alarms: JSON lines on stdin and stdout. Started by the agent.") { package, threads, memory };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(threads) is < 1 or > 64)
            {
                return await SharedOptions.FailAsync(ExitCodes.BadInput, $"--threads: found {parsed.GetValue(threads)}, allowed: 1..64").ConfigureAwait(false);
            }

            var host = new LanguageWorkerHost(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error, TimeProvider.System);
            return await host.RunAsync(
                parsed.GetValue(package)!, parsed.GetValue(threads), parsed.GetValue(memory), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
