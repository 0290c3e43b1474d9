using System.Text;
using EdgeAgent.Tests.Packages;
using static EdgeAgent.Tests.Packages.OnnxForge;

namespace EdgeAgent.EndToEnd;

/// <summary>
/// A model that looks at the flow alone, gives 1 in every window, and fails once the flow falls below 28 l/min, as no test that
/// comes with it does: window [1, 4, 1], b [1] → score [1], channel_scores [1, 1].
/// </summary>
internal static class FailingGraphs
{
    private const int ToInt64 = 7;

    /// <summary>Below 28 the score is the root of a negative number, plus 1 of the rest.</summary>
    public static byte[] NoNumber() => Graph(
    [
        Node("Sub", ["lowest", "limit"], ["above"]),
        Node("Sqrt", ["above"], ["root"]),
        Node("Mul", ["root", "zero"], ["nothing"]),
    ]);

    /// <summary>Below 28 it looks beyond the end of a table.</summary>
    public static byte[] Throws() => Graph(
    [
        Node("Sub", ["limit", "lowest"], ["below"]),
        Node("Relu", ["below"], ["depth"]),
        Node("Cast", ["depth"], ["place"], Int("to", ToInt64)),
        Node("Gather", ["zero", "place"], ["nothing"]),
    ]);

    public static byte[] Fit() => OnnxForge.Fit();

    public static byte[] Golden() => Encoding.UTF8.GetBytes("""
        {"cases": [{"graph": "score.onnx",
          "inputs": {"window": {"shape": [1, 4, 1], "data": [31, 33, 32, 30]}, "b": {"shape": [1], "data": [5]}},
          "outputs": {"score": {"shape": [1], "data": [1]}, "channel_scores": {"shape": [1, 1], "data": [33]}}}]}
        """);

    private static byte[] Graph(byte[][] between) => Model(13, OnnxForge.Graph(
    [
        Node("ReduceMin", ["window"], ["lowest"], Ints("axes", 1, 2), Int("keepdims", 0)),
        .. between,
        Node("Mul", ["b", "zero"], ["no_baseline"]),
        Node("Add", ["nothing", "no_baseline"], ["rest"]),
        Node("Add", ["rest", "one"], ["score"]),
        Node("ReduceMax", ["window"], ["channel_scores"], Ints("axes", 1), Int("keepdims", 0)),
        Field(5, Tensor("zero", [1], [0f])),
        Field(5, Tensor("one", [1], [1f])),
        Field(5, Tensor("limit", [1], [28f])),
        Field(11, Value("window", 1, 1, 4, 1)),
        Field(11, Value("b", 1, 1)),
        Field(12, Value("score", 1, 1)),
        Field(12, Value("channel_scores", 1, 1, 1)),
    ]));
}
