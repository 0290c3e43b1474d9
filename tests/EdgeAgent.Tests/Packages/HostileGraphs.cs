using static EdgeAgent.Tests.Packages.OnnxForge;

namespace EdgeAgent.Tests.Packages;

/// <summary>Packages of a trusted key whose models must not be run on a device.</summary>
internal static class HostileGraphs
{
    private static readonly byte[] Plain = Node("Identity", ["window"], ["seen"]);

    public static IEnumerable<HostileCase> All(PackageWorkshop shop) => [.. Files(shop), .. Operators(shop), .. SelfTests(shop)];

    private static IEnumerable<HostileCase> Files(PackageWorkshop shop)
    {
        foreach (var location in new[] { "/etc/passwd", "../../secret", "other.bin", "./score.onnx", "", "sub/../score.onnx", "score.onnx\0", "file:///etc/passwd" })
        {
            yield return Of(shop, $"weights in \"{location}\"", Score(more: Field(5, External("w", location))), "which is no file of the package");
        }

        yield return Of(shop, "weights elsewhere in a subgraph", Score(more: Nested(1, Field(5, External("w", "/dev/zero")))), "which is no file of the package");
        yield return Of(shop, "weights elsewhere in an attribute", Score(more: Node("Constant", [], ["c"], [.. Field(1, Text("value")), .. Field(5, External("w", "/proc/self/mem")), .. Field(20, 4)])), "which is no file of the package");
        yield return Of(shop, "weights elsewhere in a sparse tensor", Score(more: Field(15, Field(1, External("w", "/etc/shadow")))), "which is no file of the package");
        yield return Of(shop, "weights elsewhere in a function", [.. Score(), .. Field(25, Node("Constant", [], ["c"], [.. Field(1, Text("value")), .. Field(5, External("w", "/etc/hosts"))])[2..])], "");
        yield return Of(shop, "graphs in graphs without end", Score(more: Nested(40, [])), "graphs inside graphs");
        yield return Of(shop, "no model", "this is no model"u8.ToArray(), "");
        yield return Of(shop, "an empty model", [], "");
        yield return Of(shop, "half a model", Score()[..100], "is no ONNX model");
        yield return Of(shop, "a field longer than the file", [0x3A, 0xFF, 0xFF, 0xFF, 0x7F, 1], "is no ONNX model");
        yield return Of(shop, "a length without end", [0x3A, .. Enumerable.Repeat((byte)0xFF, 12)], "is no ONNX model");
        yield return Of(shop, "a wire type that does not exist", [0x3B, 1, 2], "is no ONNX model");
        yield return Of(shop, "noise", Noise(), "");
        yield return Of(shop, "zeros", new byte[1000], "");
    }

    private static IEnumerable<HostileCase> Operators(PackageWorkshop shop)
    {
        yield return Of(shop, "an operator of an unknown domain", Score(InDomain("evil.example", "Run", ["window"], ["seen"])), "an operator of the domain \"evil.example\"");
        yield return Of(shop, "an unknown operator", Score(Node("Execute", ["window"], ["seen"])), "ONNX Runtime cannot load it");
        yield return Of(shop, "an operator set of the future", Score(opset: 900), "ONNX Runtime cannot load it");
        yield return Of(shop, "an input that nothing makes", Score(Node("Add", ["window", "nobody"], ["seen"])), "ONNX Runtime cannot load it");
        yield return Of(shop, "a circle", Score([.. Node("Add", ["window", "y"], ["seen"]), .. Node("Identity", ["seen"], ["y"])]), "ONNX Runtime cannot load it");
        yield return Of(shop, "a missing output", Score(wrongOutput: true), "");
        yield return Of(shop, "an endless loop", Score(Loop(long.MaxValue)), "was not done with its trial");
        yield return Of(shop, "a slow model", Score(Loop(200_000)), "");
        yield return Of(shop, "8 GB of memory", Score(Huge(1L << 31)), "");
        yield return Of(shop, "4 TB of memory", Score(Huge(1L << 40)), "");
        yield return Of(shop, "a shape below zero", Score(Huge(-5)), "");
        yield return Of(shop, "outputs that are no numbers", Score([.. Node("Sub", ["window", "window"], ["none"]), .. Node("Div", ["none", "none"], ["nan"]), .. Node("Add", ["window", "nan"], ["seen"])]), "golden is");
        yield return Of(shop, "endless outputs", Score([.. Node("Sub", ["window", "window"], ["none"]), .. Node("Div", ["window", "none"], ["seen"])]), "golden is");
        yield return Of(shop, "another model than it says", Score(Node("Neg", ["window"], ["seen"])), "golden is");
    }

    private static IEnumerable<HostileCase> SelfTests(PackageWorkshop shop)
    {
        const string Inputs = """{"window": {"shape": [1, 4, 1], "data": [1, 3, 2, 0]}, "b": {"shape": [1], "data": [5]}}""";
        string Case(string inputs, string outputs, string graph = "score.onnx") => $$"""{"cases": [{"graph": "{{graph}}", "inputs": {{inputs}}, "outputs": {{outputs}}}]}""";
        (string What, string Text, string Reason)[] cases =
        [
            ("no JSON", "golden", "not a self-test"),
            ("null", "null", "needs 1 to"),
            ("no case", """{"cases": []}""", "needs 1 to"),
            ("a case that is null", """{"cases": [null]}""", "needs 1 to"),
            ("no outputs", Case(Inputs, "{}"), "needs 1 to"),
            ("a graph elsewhere", Case(Inputs, """{"score": {"shape": [1], "data": [3]}}""", "../../other.onnx"), "needs 1 to"),
            ("a shape that its data do not fill", Case(Inputs, """{"score": {"shape": [100000, 100000, 100000], "data": [3]}}"""), "needs 1 to"),
            ("a shape below zero", Case(Inputs, """{"score": {"shape": [-1], "data": [3]}}"""), "needs 1 to"),
            ("another shape", Case(Inputs, """{"score": {"shape": [1, 1], "data": [3]}}"""), "golden is"),
            ("another value", Case(Inputs, """{"score": {"shape": [1], "data": [4]}}"""), "golden is"),
            ("an output that does not exist", Case(Inputs, """{"other": {"shape": [1], "data": [3]}}"""), "ONNX Runtime refuses it"),
            ("an input that does not exist", Case("""{"other": {"shape": [1], "data": [3]}}""", """{"score": {"shape": [1], "data": [3]}}"""), "ONNX Runtime refuses it"),
            ("an input of another shape", Case("""{"window": {"shape": [1, 2, 1], "data": [1, 3]}, "b": {"shape": [1], "data": [5]}}""", """{"score": {"shape": [1], "data": [3]}}"""), "ONNX Runtime refuses it"),
        ];
        foreach (var (what, text, reason) in cases)
        {
            yield return new HostileCase($"self-test: {what}", TinyModel.Pack(shop, golden: text), reason);
        }

        yield return new HostileCase("no self-test", TinyModel.Pack(shop, change: manifest => manifest.Remove("selfTest")), "\"selfTest\" is missing");
        yield return new HostileCase("a self-test faster than any run", TinyModel.Pack(shop, change: manifest => manifest["selfTest"]!["latencyMs"] = 1e-6), "in the median of");
        yield return new HostileCase("a window of another length", TinyModel.Pack(shop, change: manifest => manifest["anomaly"]!["windowSamples"] = 9), "the manifest says [1, 9, 1]");
        yield return new HostileCase("a graph that is not there", TinyModel.Pack(shop, change: manifest => manifest["anomaly"]!["score"]!["graph"] = "other.onnx"), "anomaly.score.graph: not one of the files");
        yield return new HostileCase("a graph above", TinyModel.Pack(shop, change: manifest => manifest["anomaly"]!["score"]!["graph"] = "../../../../etc/passwd"), "anomaly.score.graph: not one of the files");
        yield return new HostileCase("a newer agent", TinyModel.Pack(shop, change: manifest => manifest["minAgent"] = "99.0.0"), "needs agent 99.0.0");
        yield return new HostileCase("another target", TinyModel.Pack(shop, change: manifest => manifest["targets"] = new System.Text.Json.Nodes.JsonArray("win-arm64")), "is made for win-arm64");
        yield return new HostileCase("another provider", TinyModel.Pack(shop, change: manifest => manifest["runtime"]!["providers"] = new System.Text.Json.Nodes.JsonArray("tpu")), "needs one of the providers tpu");
        yield return new HostileCase("a newer operator set", TinyModel.Pack(shop, change: manifest => manifest["runtime"]!["opset"] = 900), "needs ONNX opset 900");
        yield return new HostileCase("more memory than there is", TinyModel.Pack(shop, change: manifest => manifest["runtime"]!["memoryMB"] = 1_000_000), "needs 1000000 MB");
        yield return new HostileCase("expired", TinyModel.Pack(shop, change: manifest => (manifest["created"], manifest["expires"]) = ("2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z")), "expired on 2020-01-01");
    }

    private static HostileCase Of(PackageWorkshop shop, string what, byte[] score, string reason) => new($"graph: {what}", TinyModel.Pack(shop, score), reason);

    /// <summary>An If in an If in an If …</summary>
    private static byte[] Nested(int depth, byte[] innermost)
    {
        var graph = Graph([innermost]);
        for (var i = 0; i < depth; i++)
        {
            graph = Graph([Node("If", ["on"], [$"o{i}"], Body("then_branch", graph), Body("else_branch", Graph([])))]);
        }

        return Node("If", ["on"], ["o"], Body("then_branch", graph));
    }

    /// <summary>A tensor of so many floats on the way to the score.</summary>
    private static byte[] Huge(long count) =>
    [
        .. Plain[..0], .. Field(5, Longs("size", count)), .. Node("ConstantOfShape", ["size"], ["huge"]),
        .. Node("ReduceMax", ["huge"], ["most"], Ints("axes", 0), Int("keepdims", 1)), .. Node("Add", ["window", "most"], ["seen"]),
    ];

    private static byte[] Noise()
    {
        var bytes = new byte[5000];
        new Random(11).NextBytes(bytes);
        return bytes;
    }
}
