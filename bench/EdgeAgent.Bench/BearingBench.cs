using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAgent.Bench;

/// <summary>
/// What the agent finds in real bearings, and which part it blames: `edgeagent calibrate` on the first half of the healthy
/// recording, then `edgeagent replay` over every other one, one config for all, no language model. For each recording the share of
/// windows above the threshold and the fault that the raised alarm was given.
/// </summary>
internal static class BearingBench
{
    private const string Healthy = "normal_000mil_load0.npy";
    private const int HealthyRows = 121_969;

    public static async Task<int> RunAsync()
    {
        if (!Directory.Exists(Places.Bearings))
        {
            Console.WriteLine($"skipped: {Places.Bearings} is not there; the recordings are not part of the project");
            return 0;
        }

        var folder = Directory.CreateTempSubdirectory("edgeagent-bench-").FullName;
        try
        {
            var config = WriteConfig(folder);
            await AgentAsync("calibrate", "--config", config, "--input", Path.Combine(Places.Bearings, Healthy), "--rows", $"{HealthyRows}", "--data-dir", folder).ConfigureAwait(false);
            var judged = new List<(string Part, Verdict Verdict)>();
            foreach (var file in Directory.GetFiles(Places.Bearings, "*.npy").Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileName(file);
                string[] calibration = name == Healthy ? ["--calibrate-rows", $"{HealthyRows}"] : ["--data-dir", folder];
                var verdict = await JudgeAsync(config, file, folder, calibration).ConfigureAwait(false);
                judged.Add((name.Split('_')[0], verdict));
                Console.WriteLine($"{Path.GetFileNameWithoutExtension(name),-32} {verdict.Above,3} of {verdict.Windows} windows above the threshold   {verdict.Fault ?? "no alarm"}");
            }

            Summarize(judged);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Summarize(List<(string Part, Verdict Verdict)> judged)
    {
        Console.WriteLine();
        foreach (var part in judged.GroupBy(each => each.Part, each => each.Verdict))
        {
            var right = part.Count(verdict => verdict.Fault == $"bearing-{part.Key}");
            var unknown = part.Count(verdict => verdict.Fault == "bearing-unspecific");
            var alarms = part.Count(verdict => verdict.Fault is not null);
            Console.WriteLine(
                $"{part.Key,-12} {part.Count()} recordings: {alarms} raised, {right} with the right part, {unknown} with the part unknown, {alarms - right - unknown} with another");
        }
    }

    private static async Task<Verdict> JudgeAsync(string config, string recording, string folder, string[] calibration)
    {
        var (scores, decisions) = (Path.Combine(folder, "scores.csv"), Path.Combine(folder, "decisions.jsonl"));
        await AgentAsync(["replay", "--config", config, "--input", recording, "--scores", scores, "--decisions", decisions, .. calibration]).ConfigureAwait(false);
        var rows = (await File.ReadAllLinesAsync(scores).ConfigureAwait(false)).Skip(1).Select(line => line.Split(',')).ToArray();
        var above = rows.Count(row => double.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture) > double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture));
        var fault = (await File.ReadAllLinesAsync(decisions).ConfigureAwait(false)).Select(line => JsonNode.Parse(line)!)
            .FirstOrDefault(message => (string?)message["schema"] == "edgeagent/diagnosis/1")?["fault"];
        return new Verdict(rows.Length, above, (string?)fault);
    }

    private static async Task AgentAsync(params string[] arguments)
    {
        var (code, said) = await ChildProcess.RunAsync(Places.Agent, arguments).ConfigureAwait(false);
        if (code != 0)
        {
            throw new InvalidOperationException($"edgeagent {string.Join(' ', arguments)}: exit code {code}: {said}");
        }
    }

    private static string WriteConfig(string folder)
    {
        var shipped = Path.Combine(Places.Root, "device-configs", "motor-bearing.json");
        var relaxed = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var config = JsonNode.Parse(File.ReadAllText(shipped), documentOptions: relaxed)!;
        config["explanation"]!.AsObject().Remove("package");
        config["detection"]!["package"] = Path.Combine(Places.Root, "models", "vibration-anomaly");
        config["machine"]!["faultLibrary"] = Path.Combine(Places.Root, "device-configs", "faults", "rolling-bearing.json");
        var path = Path.Combine(folder, "config.json");
        File.WriteAllText(path, config.ToJsonString());
        return path;
    }

    /// <param name="Fault">What the first diagnosis names; null if no alarm was raised.</param>
    private sealed record Verdict(int Windows, int Above, string? Fault);
}
