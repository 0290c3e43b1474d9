using EdgeAgent.Tests;

namespace EdgeAgent.EndToEnd;

/// <summary>The model runtime leaves nothing behind and calls nobody.</summary>
public sealed class QuietRuntimeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Models_run_without_a_trace_in_the_folders_of_the_user_also_if_somebody_asked_for_telemetry()
    {
        string[] folders = [.. new[] { "home", "cache", "temporary" }.Select(name => Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName)];

        var generated = await Cli.RunAsync(
            ["generate", "--package", Repository.Package("pump-language"), "--prompt", "x", "--max-tokens", "4"],
            [
                ("HOME", folders[0]), ("XDG_CACHE_HOME", folders[1]), ("TMPDIR", folders[2]), ("ORT_DISABLE_TELEMETRY", "0"),
                ("DOTNET_EnableDiagnostics", "0"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
            ]);

        Assert.Equal((0, ""), (generated.ExitCode, generated.Errors));
        Assert.All(folders, folder => Assert.Empty(Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories)));
    }
}
