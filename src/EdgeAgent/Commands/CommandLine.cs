using System.CommandLine;
using System.Text.RegularExpressions;
using EdgeAgent.Commands.Models;
using EdgeAgent.Commands.Sensors;
using EdgeAgent.Commands.Usb;

namespace EdgeAgent.Commands;

/// <summary>The command line as a table of contents; every command has a file of its own.</summary>
internal static partial class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Watches a machine: sensors, anomaly model, alarms over MQTT, explanations in plain words.")
        {
            RunCommand.Create(),
            CheckConfigCommand.Create(),
            CalibrateCommand.Create(),
            ReplayCommand.Create(),
            SimulateCommand.Create(),
            DiagnoseCommand.Create(),
            GenerateCommand.Create(),
            CalibrationsCommand.Create(),
            AlarmsCommand.Create(),
            SnapshotsCommand.Create(),
            OutboxCommand.Create(),
            ModelCommand.Create(),
            LanguageWorkerCommand.Create(),
            PackageProofCommand.Create(),
            UsbIntakeCommand.Create(),
            UsbReceiptCommand.Create(),
            IioSetupCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"edgeagent: {InOurWords(error.Message.ReplaceLineEndings(" "))}").ConfigureAwait(false);
            }

            return ExitCodes.BadInput;
        }

        // A bug must show its stack: only expected failures are turned into one line, where they occur. SIGTERM is handled by
        // the host of `run` and by each command's cancellation token.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        using var stop = new StopSignals();
        try
        {
            return await parsed.InvokeAsync(invocation, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, "stopped by a signal before it was done").ConfigureAwait(false);
        }
        catch (IOException e)
        {
            // stdout is full or closed; files that a command writes are told by the command.
            return await SharedOptions.FailAsync(ExitCodes.Failed, $"cannot write the output: {e.Message}").ConfigureAwait(false);
        }
    }

    /// <summary>The parser tells a wrong number by the name of a .NET type.</summary>
    private static string InOurWords(string message) =>
        NumberPattern().Match(message) is { Success: true } wrong ? $"{wrong.Groups[2].Value}: found {wrong.Groups[1].Value}, allowed: a whole number" : message;

    [GeneratedRegex(@"^Cannot parse argument '(.*)' for option '(.*)' as expected type '.*Int(?:32|64).*'\.", RegexOptions.None, 1000)]
    private static partial Regex NumberPattern();
}
