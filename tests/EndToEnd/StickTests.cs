using System.Diagnostics;
using System.Text.Json.Nodes;

namespace EdgeAgent.EndToEnd;

/// <summary>Packages from a stick, as the unit and the desktop bring them. Real mounts are the virtual device's.</summary>
public sealed class StickTests : IDisposable
{
    private readonly Workbench _bench = new();
    private readonly PackageShop _shop;

    public StickTests() => _shop = new PackageShop(_bench);

    private string Incoming => Path.Combine(_bench.Data, "models", "incoming");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_stick_in_a_watched_folder_is_taken_by_the_agent_that_runs_and_its_receipt_says_so()
    {
        var package = await _shop.VersionAsync("0.2.1", 3);
        Configure(receipts: true);
        await using var agent = AgentProcess.Start(_bench.Config, _bench.Data);
        await agent.WaitForLineAsync("Running uncalibrated");

        var stick = Stick("media/FIELD");
        File.Copy(package, Path.Combine(stick, "edgeagent", "pump.eapkg"));

        await agent.WaitForLineAsync("pump.eapkg: taken, ");
        await _shop.OutcomeAsync(agent, "pump", "activated");

        // The same stick by the other way: nothing to do, and a receipt that says what became of it.
        Assert.Contains("pump.eapkg: no work: activated at ", (await Cli.RunAsync("usb-intake", "--mount", stick, "--data-dir", _bench.Data)).Output, StringComparison.Ordinal);
        string[] receipt = ["usb-receipt", "--config", _bench.Config, "--data-dir", _bench.Data, "--stick", "FIELD"];
        Assert.Equal(0, (await Cli.RunAsync(receipt)).ExitCode);
        Assert.Equal(0, (await Cli.RunAsync([.. receipt, "--to", stick])).ExitCode);
        Assert.Contains("IN USE", await File.ReadAllTextAsync(Path.Combine(stick, "edgeagent-result-bench.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_leave_from_the_config_no_receipt_is_written()
    {
        Configure(receipts: false);
        var stick = Stick("stick");
        await File.WriteAllTextAsync(Path.Combine(stick, "edgeagent", "pump.eapkg"), "no package");
        Directory.CreateDirectory(_bench.Data);
        Assert.Equal(0, (await Cli.RunAsync("usb-intake", "--mount", stick, "--data-dir", _bench.Data)).ExitCode);

        var told = await Cli.RunAsync("usb-receipt", "--config", _bench.Config, "--data-dir", _bench.Data, "--stick", "stick", "--to", stick);

        told.AssertOneLineError(1, "stick stick: no receipt", "/usb/receipts");
        Assert.Equal(["edgeagent"], Directory.GetFileSystemEntries(stick).Select(path => Path.GetFileName(path)));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(15)]
    public async Task An_intake_that_is_ended_in_the_middle_leaves_nothing_that_outlives_the_next_one(int signal)
    {
        var stick = Stick("stick");
        await using (var large = File.Create(Path.Combine(stick, "edgeagent", "large.eapkg")))
        {
            // A hole: nothing to write here, and long enough to copy that it can be met on the way.
            large.SetLength(1L << 30);
        }

        Directory.CreateDirectory(Incoming);
        using var arrived = new FileSystemWatcher(Incoming, ".*.part") { EnableRaisingEvents = true };
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        arrived.Created += (_, _) => begun.TrySetResult();
        using var intake = Process.Start(new ProcessStartInfo(Repository.Agent, ["usb-intake", "--mount", stick, "--data-dir", _bench.Data]) { RedirectStandardError = true })!;
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await Process.Start("kill", $"-{signal} {intake.Id}").WaitForExitAsync();
        await intake.WaitForExitAsync();
        Assert.NotEqual(0, intake.ExitCode);
        Assert.True(signal == 9 || Directory.GetFiles(Incoming).Length == 0, "SIGTERM leaves nothing");

        File.Delete(Path.Combine(stick, "edgeagent", "large.eapkg"));
        await File.WriteAllTextAsync(Path.Combine(stick, "edgeagent", "small.eapkg"), "small");
        Assert.Equal(0, (await Cli.RunAsync("usb-intake", "--mount", stick, "--data-dir", _bench.Data)).ExitCode);
        Assert.Equal(["small.eapkg"], Directory.GetFiles(Incoming).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_in_one_line() =>
        (await Cli.RunAsync("usb-intake", "--mount", _bench.File("nowhere"), "--data-dir", _bench.Folder)).AssertOneLineError(2, "--mount", "nowhere", "no such folder");

    private string Stick(string name)
    {
        var stick = _bench.File(name);
        Directory.CreateDirectory(Path.Combine(stick, "edgeagent"));
        return stick;
    }

    private void Configure(bool receipts)
    {
        Directory.CreateDirectory(_bench.File("media"));
        _bench.Configure(
            Workbench.Pump(speed: 1, "discharge-restriction", startSeconds: 1e6, lasts: 60), port: null,
            models: new { keys = _shop.Keys, shadow = new { minutes = 0 } });
        var config = JsonNode.Parse(File.ReadAllText(_bench.Config))!.AsObject();
        config["usb"] = new JsonObject { ["receipts"] = receipts, ["watchPaths"] = new JsonArray(_bench.File("media")) };
        File.WriteAllText(_bench.Config, config.ToJsonString());
    }
}
