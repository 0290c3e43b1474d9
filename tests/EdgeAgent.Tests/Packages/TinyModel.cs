using System.Text;
using System.Text.Json.Nodes;

namespace EdgeAgent.Tests.Packages;

/// <summary>The smallest anomaly package that a device takes, and what differs from it in a hostile one.</summary>
internal static class TinyModel
{
    private const string Golden = """
        {"cases": [{"graph": "score.onnx",
          "inputs": {"window": {"shape": [1, 4, 1], "data": [1, 3, 2, 0]}, "b": {"shape": [1], "data": [5]}},
          "outputs": {"score": {"shape": [1], "data": [3]}, "channel_scores": {"shape": [1, 1], "data": [3]}}}]}
        """;

    public static byte[] Pack(PackageWorkshop shop, byte[]? score = null, string? golden = null, Action<JsonObject>? change = null, IEnumerable<KeyValuePair<string, byte[]>>? more = null) => shop.With(
        [
            new("score.onnx", score ?? OnnxForge.Score()), new("fit.onnx", OnnxForge.Fit()), new("selftest.json", Encoding.UTF8.GetBytes(golden ?? Golden)), .. more ?? [],
        ],
        manifest =>
        {
            manifest["name"] = "tiny";
            manifest["sequence"] = 1;
            manifest["selfTest"]!["latencyMs"] = 200;
            manifest["anomaly"] = Contract();
            change?.Invoke(manifest);
        });

    private static JsonObject Contract() => JsonNode.Parse("""
        {
          "sampleRateHz": 1, "windowSamples": 4, "hopSamples": 1,
          "inputs": [{"role": "flow", "unit": "l/min", "required": true}],
          "score": {"graph": "score.onnx", "window": "window", "present": null, "hold": null, "score": "score", "channelScores": "channel_scores",
            "states": [], "baselines": [{"name": "b", "shape": [1]}]},
          "fit": {"graph": "fit.onnx", "windows": "windows", "present": null, "minWindows": 1},
          "timeConstants": [], "center": "b", "sigma": "b", "reference": null,
          "threshold": {"falseAlarmRate": 0.001, "minimum": 1}, "alarm": {"onDelaySeconds": 1, "offDelaySeconds": 1, "clearBelow": 0.5}
        }
        """)!.AsObject();
}
