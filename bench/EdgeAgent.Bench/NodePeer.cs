using System.Diagnostics;
using System.Text.Json;

namespace EdgeAgent.Bench;

/// <summary>The pipeline in Node.js (bench/node) as a child process that waits for its turn.</summary>
internal sealed class NodePeer : IDisposable
{
    private readonly Process _process;

    private NodePeer(Process process) => _process = process;

    public static string Folder => Path.Combine(Places.Root, "bench", "node");

    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules", "onnxruntime-node"));

    public string Versions { get; private set; } = "";

    public static async Task<NodePeer> StartAsync(string package, string calibration, string csv)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, "peer.cjs"), package, calibration, csv])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var peer = new NodePeer(Process.Start(start)!);
        var hello = await peer.AnswerAsync().ConfigureAwait(false);
        peer.Versions = $"Node.js {hello.GetProperty("node").GetString()}, ONNX Runtime {hello.GetProperty("onnxruntime").GetString()}";
        return peer;
    }

    /// <param name="parse">Whether the round reads and parses the recording, or only scores rows that it holds.</param>
    public async Task<PeerRound> RoundAsync(bool parse)
    {
        var answer = await AskAsync(parse ? "csv" : "values").ConfigureAwait(false);
        var scores = await AskAsync("scores").ConfigureAwait(false);
        return new PeerRound(
            answer.GetProperty("seconds").GetDouble(),
            answer.GetProperty("cpuSeconds").GetDouble(),
            answer.GetProperty("raised").GetInt32(),
            [.. scores.EnumerateArray().Select(score => score.GetSingle())]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<JsonElement> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command).ConfigureAwait(false);
        await _process.StandardInput.FlushAsync().ConfigureAwait(false);
        return await AnswerAsync().ConfigureAwait(false);
    }

    private async Task<JsonElement> AnswerAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false)
            ?? throw new InvalidOperationException("the Node.js peer ended");
        return JsonDocument.Parse(line).RootElement;
    }
}
