using System.CommandLine;
using System.Text.Json;
using EdgeAgent.Children;
using EdgeAgent.Inference.Packages;
using EdgeAgent.Packages;

namespace EdgeAgent.Commands.Models;

/// <summary>`edgeagent package-proof`: the child process that tries a package for the agent.</summary>
internal static class PackageProofCommand
{
    public static Command Create()
    {
        var package = new Option<string>("--package") { Description = "An unpacked package that was verified.", Required = true, HelpName = "FOLDER" };
        var memory = new Option<int>("--memory-limit") { Description = "Megabytes that the trial may take.", Required = true, HelpName = "MB" };
        var command = new Command("package-proof", "Loads a package and runs its self-test. Started by the agent.") { package, memory };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(package)!, parsed.GetValue(memory)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, int megabytes)
    {
        if (MemoryLimit.Set(megabytes) is { } unlimited)
        {
            return await SharedOptions.FailAsync(ExitCodes.Failed, unlimited).ConfigureAwait(false);
        }

        var problem = PackageProof.Find(folder, TimeProvider.System, out var medianMs);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new ProofReport(problem, medianMs), ProofJson.Default.ProofReport)).ConfigureAwait(false);
        return problem is null ? ExitCodes.Done : ExitCodes.PackageRefused;
    }
}
