using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.Bench;

/// <summary>
/// `edgeagent replay`, the built executable itself, over a recording, with the shipped config of a water pump but another
/// anomaly package and no language model.
/// </summary>
internal sealed class AgentReplays(string package, string folder)
{
    private static readonly JsonDocumentOptions Relaxed = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _config = WriteConfig(package, folder);

    /// <summary>Alarms by row.</summary>
    public async Task<bool[]> AlarmsAsync(SkabFile recording, int calibrateRows)
    {
        var input = Path.Combine(folder, "recording.csv");
        var scores = Path.Combine(folder, "scores.csv");
        recording.WriteTo(input);
        var (code, said) = await ChildProcess.RunAsync(
            Places.Agent, ["replay", "--config", _config, "--input", input, "--calibrate-rows", $"{calibrateRows}", "--scores", scores]).ConfigureAwait(false);
        if (code != 0)
        {
            throw new InvalidOperationException($"edgeagent replay of {recording.Path}: exit code {code}: {said}");
        }

        return [.. (await File.ReadAllLinesAsync(scores).ConfigureAwait(false)).Skip(1).Select(line => line.Split(',')[^2] == "1")];
    }

    private static string WriteConfig(string package, string folder)
    {
        var config = JsonNode.Parse(File.ReadAllText(Places.Config), documentOptions: Relaxed)!;
        config["explanation"]!.AsObject().Remove("package");
        config["detection"]!["package"] = Path.GetFullPath(package);
        var library = (string)config["machine"]!["faultLibrary"]!;
        config["machine"]!["faultLibrary"] = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Places.Config)!, library));
        var path = Path.Combine(folder, "config.json");
        File.WriteAllText(path, config.ToJsonString());
        return path;
    }
}
