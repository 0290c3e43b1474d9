using System.Diagnostics;

namespace EdgeAgent.EndToEnd;

/// <summary>What may lie in the folder that packages are handed over in.</summary>
public sealed class IncomingTests : IDisposable
{
    private readonly SwapBench _swaps = new();

    private string Incoming => Path.Combine(_swaps.Bench.Data, "models", "incoming");

    public void Dispose() => _swaps.Dispose();

    [Fact]
    public async Task Only_regular_files_of_a_plain_name_are_taken_and_each_bad_one_is_one_line()
    {
        var package = await _swaps.Shop.VersionAsync("0.2.1", 3, "0.2.0");
        var foreign = await _swaps.Shop.PackAsync("process-anomaly", manifest => manifest["name"] = "other-anomaly");
        await _swaps.Bench.CalibrateAsync();
        _swaps.Configure(SwapBench.Healthy(speed: 20), port: null, shadowMinutes: 0, probationMinutes: 0);
        Directory.CreateDirectory(Incoming);
        File.CreateSymbolicLink(Path.Combine(Incoming, "link.eapkg"), package);
        Directory.CreateDirectory(Path.Combine(Incoming, "folder.eapkg"));
        using (var made = Process.Start("mkfifo", [Path.Combine(Incoming, "pipe.eapkg")]))
        {
            await made.WaitForExitAsync();
        }

        File.Copy(package, Path.Combine(Incoming, "._hidden.eapkg"));
        File.Copy(package, Path.Combine(Incoming, ".unfinished.part"));
        File.Copy(package, Path.Combine(Incoming, "package.zip"));
        await File.WriteAllTextAsync(Path.Combine(Incoming, "garbage.eapkg"), "no archive");
        await using var agent = _swaps.Start();

        await agent.WaitForLineAsync("Package garbage.eapkg: refused");
        _swaps.Shop.Drop(foreign, "foreign");
        Assert.Contains("the config of this device uses process-anomaly", (await _swaps.Shop.OutcomeAsync(agent, "foreign", "refused")).GetProperty("reason").GetString());
        (await Cli.RunAsync("model", "install", foreign, "--data-dir", _swaps.Bench.Data)).AssertOneLineError(3, "refused", "other-anomaly");
        (await Cli.RunAsync("model", "install", package, "--data-dir", _swaps.Bench.Data, "--allow-older")).AssertOneLineError(2, "--allow-older");
        var installed = await Cli.RunAsync("model", "install", package, "--data-dir", _swaps.Bench.Data);
        Assert.True(installed.ExitCode == 0, installed.Errors);

        foreach (var left in new[] { "link.eapkg", "folder.eapkg", "pipe.eapkg", "._hidden.eapkg", "package.zip" })
        {
            Assert.Single(agent.Lines, line => line.Contains($"{left} in the folder of incoming packages is left alone", StringComparison.Ordinal));
        }

        Assert.Equal(
            ["._hidden.eapkg", ".unfinished.part", "folder.eapkg", "link.eapkg", "package.zip", "pipe.eapkg"],
            Directory.GetFileSystemEntries(Incoming).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
    }
}
