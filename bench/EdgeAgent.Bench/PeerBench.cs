using EdgeAgent.Configuration;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Bench;

/// <summary>
/// The agent's path beside the same pipeline in Node.js with onnxruntime-node, over the same recording, in turns, one thread
/// in ONNX Runtime each. It fails if the two do not give the same scores: then the work was not the same.
/// </summary>
internal static class PeerBench
{
    // So few that slow drift raises alarms later: then the paths through an alarm are the same work too.
    private const int CalibrateRows = 400;
    private const double LargestDifference = 1e-3;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        if (!NodePeer.IsInstalled)
        {
            Console.WriteLine($"skipped: onnxruntime-node is not in {NodePeer.Folder}; there, run: npm ci --ignore-scripts");
            return 0;
        }

        if (!ConfigLoader.TryLoad(Places.Config, new Dictionary<string, string>(), ConfigUse.Offline, out var config, out var problems))
        {
            Console.Error.WriteLine(problems[0]);
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("edgeagent-bench-").FullName;
        try
        {
            var csv = arguments["--csv"] ?? (File.Exists(Places.Healthy) ? Places.Healthy : await SimulateAsync(folder).ConfigureAwait(false));
            var agent = await AgentSide.PrepareAsync(config, csv, CalibrateRows).ConfigureAwait(false);
            var calibration = Path.Combine(folder, "calibration.json");
            await agent.WriteCalibrationAsync(calibration).ConfigureAwait(false);
            using var peer = await NodePeer.StartAsync(Places.Package, calibration, csv).ConfigureAwait(false);
            Console.WriteLine($"{Path.GetFileName(csv)}, {agent.Windows} rows; agent: .NET {Environment.Version}, ONNX Runtime {OrtEnv.Instance().GetVersionString()}; peer: {peer.Versions}");
            return await CompareAsync(agent, peer, arguments.Rounds(9)).ConfigureAwait(false) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> CompareAsync(AgentSide agent, NodePeer peer, int rounds)
    {
        var same = true;
        foreach (var parse in new[] { true, false })
        {
            List<PeerRound> ours = [], theirs = [];
            for (var round = 0; round <= rounds; round++)
            {
                var mine = await agent.RoundAsync(parse).ConfigureAwait(false);
                var other = await peer.RoundAsync(parse).ConfigureAwait(false);
                same &= Same(mine, other, tell: round == 0);
                if (round > 0)
                {
                    ours.Add(mine);
                    theirs.Add(other);
                }
            }

            Console.WriteLine(parse ? "\nfrom the file: read, parse, window, score, alarm" : "\nfrom rows in memory: window, score, alarm");
            Spread.Header();
            Spread.Print("agent", ours.Select(round => round.WindowsPerSecond), "windows/s");
            Spread.Print("Node.js peer", theirs.Select(round => round.WindowsPerSecond), "windows/s");
            Spread.Print("agent / peer", ours.Zip(theirs, (a, b) => a.WindowsPerSecond / b.WindowsPerSecond), "");
            Spread.Print("agent, processor time", ours.Select(round => round.CpuMicrosecondsPerWindow), "us per window");
            Spread.Print("Node.js peer, processor time", theirs.Select(round => round.CpuMicrosecondsPerWindow), "us per window");
            Spread.Print("processor time, peer / agent", theirs.Zip(ours, (a, b) => a.CpuMicrosecondsPerWindow / b.CpuMicrosecondsPerWindow), "");
        }

        return same;
    }

    private static bool Same(PeerRound mine, PeerRound other, bool tell)
    {
        var difference = mine.Scores.Zip(other.Scores, (a, b) => Math.Abs(a - b)).DefaultIfEmpty(float.NaN).Max();
        var same = mine.Scores.Count == other.Scores.Count && mine.Raised == other.Raised && difference <= LargestDifference;
        if (tell || !same)
        {
            Console.WriteLine($"scores: {mine.Scores.Count} of the agent, {other.Scores.Count} of the peer, largest difference {difference:G3}; alarms raised: {mine.Raised} and {other.Raised}{(same ? "" : ": NOT THE SAME WORK")}");
        }

        return same;
    }

    /// <summary>Without a recording, the simulated pump's.</summary>
    private static async Task<string> SimulateAsync(string folder)
    {
        var csv = Path.Combine(folder, "simulated.csv");
        var (code, said) = await ChildProcess.RunAsync(Places.Agent, ["simulate", "--config", Places.Config, "--for", "9400s", "--out", csv]).ConfigureAwait(false);
        return code == 0 ? csv : throw new InvalidOperationException($"edgeagent simulate: {said}");
    }
}
