using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.EndToEnd;

/// <summary>Makes signed variants of the shipped packages for one workbench, with the commands that people use.</summary>
internal sealed class PackageShop(Workbench bench)
{
    private int _made;

    public string Keys => bench.File("keys");

    /// <param name="files">Files to put in the place of the shipped ones.</param>
    public async Task<string> PackAsync(string model, Action<JsonObject> change, params (string Name, byte[] Bytes)[] files)
    {
        if (!Directory.Exists(Keys))
        {
            Directory.CreateDirectory(Keys);
            Assert.Equal(0, (await Cli.RunAsync("model", "keygen", "--out", bench.File("plant"))).ExitCode);
            File.Copy(bench.File("plant.pem"), Path.Combine(Keys, "plant.pem"));
        }

        var folder = Directory.CreateDirectory(bench.File($"package-{_made++}")).FullName;
        foreach (var file in Directory.GetFiles(Repository.Package(model)).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json")))!.AsObject();
        foreach (var (name, bytes) in files)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes);
            var listed = manifest["files"]!.AsArray().Single(file => file!["path"]!.GetValue<string>() == name)!;
            (listed["size"], listed["sha256"]) = (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }

        if (manifest["selfTest"]?["latencyMs"] is not null)
        {
            // How fast a graph is on a machine that runs other tests beside it is not what these tests ask.
            manifest["selfTest"]!["latencyMs"] = 10_000;
        }

        change(manifest);
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        var package = folder + ".eapkg";
        var packed = await Cli.RunAsync("model", "pack", folder, "--key", bench.File("plant.key"), "--out", package);
        Assert.Equal((0, ""), (packed.ExitCode, packed.Errors));
        return package;
    }

    /// <summary>The shipped process package under another version.</summary>
    /// <param name="fits">The calibration of the shipped one, and of these versions, may be carried over.</param>
    public Task<string> VersionAsync(string version, long sequence, params string[] fits) => PackAsync("process-anomaly", manifest =>
    {
        (manifest["version"], manifest["sequence"]) = (version, sequence);
        if (fits.Length > 0)
        {
            manifest["anomaly"]!["calibration"] = new JsonObject { ["compatibleWith"] = new JsonArray([.. fits.Select(fit => (JsonNode)fit)]) };
        }
    });

    /// <summary>As a root helper would: under a hidden name first, complete from the moment it has its own.</summary>
    public void Drop(string package, string name)
    {
        var incoming = Directory.CreateDirectory(Path.Combine(bench.Data, "models", "incoming")).FullName;
        var unfinished = Path.Combine(incoming, $".{name}.part");
        File.Copy(package, unfinished);
        File.Move(unfinished, Path.Combine(incoming, name + ".eapkg"));
    }

    /// <summary>Waits until the agent has said this of a package that was dropped.</summary>
    public async Task<JsonElement> OutcomeAsync(AgentProcess agent, string name, string result)
    {
        await agent.WaitForLineAsync($"Package {name}.eapkg: {result}");
        return JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(bench.Data, "models", "outcomes", name + ".json")));
    }

    public JsonElement Slots(string name = "process-anomaly") =>
        JsonElement.Parse(File.ReadAllText(Path.Combine(bench.Data, "models", "slots", name, "slots.json")));
}
