using System.Diagnostics;

namespace EdgeAgent.EndToEnd;

/// <summary>Runs one command of the agent to its end.</summary>
internal static class Cli
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Task<CliResult> RunAsync(params string[] arguments) => RunAsync(arguments, environment: []);

    public static async Task<CliResult> RunAsync(string[] arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Repository.Agent, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new CliResult(process.ExitCode, await output, await errors);
    }
}

internal sealed record CliResult(int ExitCode, string Output, string Errors)
{
    /// <summary>What every failure must be: a line or more that name the fault, and never a stack trace.</summary>
    public void AssertOneLineError(int exitCode, params string[] parts)
    {
        Assert.Equal(exitCode, ExitCode);
        var line = Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", Errors);
        Assert.All(parts, part => Assert.Contains(part, line));
    }
}
