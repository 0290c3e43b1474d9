using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.EndToEnd;

/// <summary>Packages from the key to the machine, with the commands that people use.</summary>
public sealed class ModelCommandTests : IDisposable
{
    private readonly Workbench _bench = new();

    private string Keys => _bench.File("keys");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_package_goes_from_a_folder_into_use_and_back()
    {
        var package = await PackAsync("process-anomaly");
        var verified = await Cli.RunAsync("model", "verify", package, "--keys", Keys, "--json");
        Assert.Equal((0, ""), (verified.ExitCode, verified.Errors));
        Assert.Equal("verified", JsonDocument.Parse(verified.Output).RootElement.GetProperty("verdict").GetString());

        var installed = await InstallAsync(package);
        Assert.Equal((0, ""), (installed.ExitCode, installed.Errors));
        Assert.Equal("activated", JsonDocument.Parse(installed.Output).RootElement.GetProperty("verdict").GetString());
        Assert.Equal("already-active", JsonDocument.Parse((await InstallAsync(package)).Output).RootElement.GetProperty("verdict").GetString());

        var newer = await PackAsync("process-anomaly", manifest => (manifest["version"], manifest["sequence"]) = ("0.2.1", 3));
        Assert.Equal(0, (await InstallAsync(newer)).ExitCode);
        (await InstallAsync(package)).AssertOneLineError(3, "sequence 2", "has taken 3");
        Assert.Equal([("000002", "last-good"), ("000003", "active")], await ListAsync());

        Assert.Equal(0, (await Cli.RunAsync("model", "rollback", "process-anomaly", "--keys", Keys, "--data-dir", _bench.Data)).ExitCode);
        Assert.Contains(("000002", "active"), await ListAsync());
        Assert.Equal(0, (await Cli.RunAsync("model", "rollback", "process-anomaly", "--keys", Keys, "--data-dir", _bench.Data)).ExitCode);
        (await Cli.RunAsync("model", "rollback", "process-anomaly", "--keys", Keys, "--data-dir", _bench.Data)).AssertOneLineError(2, "process-anomaly");
    }

    [Fact]
    public async Task Openssl_verifies_what_pack_signed_and_pack_takes_what_openssl_signed()
    {
        var package = await PackAsync("process-anomaly");
        var parts = _bench.File("parts");
        System.IO.Compression.ZipFile.ExtractToDirectory(package, parts);
        Assert.Equal(0, await OpensslAsync("dgst", "-sha256", "-verify", _bench.File("plant.pem"), "-signature", Path.Combine(parts, "manifest.sig"), Path.Combine(parts, "manifest.json")));

        Assert.Equal(0, await OpensslAsync("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", _bench.File("other.key")));
        Assert.Equal(0, await OpensslAsync("pkey", "-in", _bench.File("other.key"), "-pubout", "-out", Path.Combine(Keys, "other.pem")));
        Assert.Equal(0, await OpensslAsync("dgst", "-sha256", "-sign", _bench.File("other.key"), "-out", Path.Combine(parts, "manifest.sig"), Path.Combine(parts, "manifest.json")));
        var packed = await Cli.RunAsync("model", "pack", parts, "--out", _bench.File("openssl.eapkg"));
        Assert.Equal((0, ""), (packed.ExitCode, packed.Errors));
        var verified = await Cli.RunAsync("model", "verify", _bench.File("openssl.eapkg"), "--keys", Keys);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Errors));
        Assert.Contains("other.pem", verified.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await Cli.RunAsync("model", "sign", parts, "--key", _bench.File("plant.key"))).ExitCode);
        Assert.Equal(0, await OpensslAsync("dgst", "-sha256", "-verify", _bench.File("plant.pem"), "-signature", Path.Combine(parts, "manifest.sig"), Path.Combine(parts, "manifest.json")));
    }

    [Fact]
    public async Task The_agent_uses_what_is_installed_and_passes_over_what_is_not_what_it_was()
    {
        var newer = await PackAsync("process-anomaly", manifest => (manifest["version"], manifest["sequence"]) = ("0.2.1", 3));
        Assert.Equal(0, (await InstallAsync(newer)).ExitCode);
        await _bench.CalibrateAsync();
        Assert.Contains("0.2.1", await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(_bench.Data, "calibrations"), "*.json").Single()), StringComparison.Ordinal);
        _bench.Configure(Workbench.Pump(speed: 60, "discharge-restriction", startSeconds: 90, lasts: 600), port: null);
        await using (var agent = AgentProcess.Start(_bench.Config, _bench.Data))
        {
            await agent.WaitForLineAsync("Machine alarm raised");
            Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        }

        var raised = (await Cli.RunAsync("outbox", "peek", "--data-dir", _bench.Data)).Output.Split('\n').First(line => line.Contains("\"kind\":\"machine\"", StringComparison.Ordinal));
        Assert.Equal("0.2.1", JsonDocument.Parse(raised).RootElement.GetProperty("models")[0].GetProperty("version").GetString());

        var graph = Directory.GetFiles(Path.Combine(_bench.Data, "models"), "score.onnx", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(graph);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(graph, bytes);
        await using var again = AgentProcess.Start(_bench.Config, _bench.Data);
        await again.WaitForLineAsync("An installed package is passed over");
        await again.WaitForLineAsync("uncalibrated");
        await again.KillAsync();
    }

    [Fact]
    public async Task Mistakes_are_one_line_each()
    {
        var package = await PackAsync("process-anomaly");
        (await Cli.RunAsync("model", "verify", _bench.File("none.eapkg"), "--keys", Keys)).AssertOneLineError(2, "none.eapkg");
        (await Cli.RunAsync("model", "verify", package, "--keys", _bench.File("nowhere"))).AssertOneLineError(2, "--keys", "nowhere");
        (await Cli.RunAsync("model", "verify", _bench.Config, "--keys", Keys)).AssertOneLineError(3, "refused");
        (await Cli.RunAsync("model", "pack", _bench.Folder, "--key", _bench.File("plant.key"))).AssertOneLineError(2, "manifest.json");
        (await Cli.RunAsync("model", "pack", Repository.Package("process-anomaly"), "--out", _bench.File("x"))).AssertOneLineError(2, "manifest.sig");
        (await Cli.RunAsync("model", "pack", Repository.Package("process-anomaly"), "--key", _bench.File("plant.pem"), "--out", _bench.File("x"))).AssertOneLineError(2, "--key");
        (await Cli.RunAsync("model", "keygen", "--out", _bench.File("plant"))).AssertOneLineError(2, "--out", "plant.key");
        (await Cli.RunAsync("model", "install", _bench.File("none.eapkg"), "--keys", Keys, "--data-dir", _bench.Data)).AssertOneLineError(2, "none.eapkg");
        var bytes = await File.ReadAllBytesAsync(package);
        await File.WriteAllBytesAsync(package, bytes[..^100]);
        (await InstallAsync(package)).AssertOneLineError(3, "refused", "cut off");
        Assert.Empty(await ListAsync());
    }

    private async Task<string> PackAsync(string model, Action<JsonObject>? change = null)
    {
        if (!Directory.Exists(Keys))
        {
            Directory.CreateDirectory(Keys);
            Assert.Equal(0, (await Cli.RunAsync("model", "keygen", "--out", _bench.File("plant"))).ExitCode);
            File.Copy(_bench.File("plant.pem"), Path.Combine(Keys, "plant.pem"));
            _bench.Configure(Workbench.RainOfAlarms(speed: 1), port: null);
        }

        var folder = Directory.CreateDirectory(_bench.File($"package-{Directory.GetDirectories(_bench.Folder).Length}")).FullName;
        foreach (var file in Directory.GetFiles(Repository.Package(model)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json")))!.AsObject();
        change?.Invoke(manifest);
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), manifest.ToJsonString());
        var package = folder + ".eapkg";
        var packed = await Cli.RunAsync("model", "pack", folder, "--key", _bench.File("plant.key"), "--out", package);
        Assert.Equal((0, ""), (packed.ExitCode, packed.Errors));
        return package;
    }

    private Task<CliResult> InstallAsync(string package) =>
        Cli.RunAsync("model", "install", package, "--keys", Keys, "--config", _bench.Config, "--data-dir", _bench.Data, "--json");

    private async Task<(string Sequence, string State)[]> ListAsync()
    {
        var list = await Cli.RunAsync("model", "list", "--data-dir", _bench.Data, "--json");
        Assert.Equal((0, ""), (list.ExitCode, list.Errors));
        return [.. JsonDocument.Parse(list.Output).RootElement.EnumerateArray().Select(line => (line.GetProperty("slot").GetString()![..6], line.GetProperty("state").GetString()!))];
    }

    private static async Task<int> OpensslAsync(params string[] arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = openssl.StandardOutput.ReadToEndAsync();
        _ = openssl.StandardError.ReadToEndAsync();
        await openssl.WaitForExitAsync();
        return openssl.ExitCode;
    }
}
