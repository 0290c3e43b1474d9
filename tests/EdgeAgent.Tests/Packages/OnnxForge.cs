using System.Text;

namespace EdgeAgent.Tests.Packages;

/// <summary>
/// Writes ONNX models field by field (onnx.proto3), so that a package can bring graphs that no exporter would make. The honest
/// graphs are those of a tiny anomaly model: the score is the window's largest value, plus nothing times the baseline.
/// </summary>
internal static class OnnxForge
{
    private const int Float = 1;
    private const int Int64 = 7;
    private const int Bool = 9;

    /// <summary>window [1, 4, 1], b [1] → score [1], channel_scores [1, 1].</summary>
    /// <param name="between">Nodes that make "seen" of "window"; null = the window itself.</param>
    public static byte[] Score(byte[]? between = null, byte[]? more = null, long opset = 13, bool wrongOutput = false) => Model(
        opset,
        Graph([
            between ?? Node("Identity", ["window"], ["seen"]),
            Node("ReduceMax", ["seen"], ["top"], Ints("axes", 1, 2), Int("keepdims", 0)),
            Node("Mul", ["b", "zero"], ["nothing"]),
            Node("Add", ["top", "nothing"], [wrongOutput ? "other" : "score"]),
            Node("ReduceMax", ["seen"], ["channel_scores"], Ints("axes", 1), Int("keepdims", 0)),
            Field(5, Tensor("zero", [1], [0f])),
            more ?? [],
            Field(11, Value("window", Float, 1, 4, 1)),
            Field(11, Value("b", Float, 1)),
            Field(12, Value(wrongOutput ? "other" : "score", Float, 1)),
            Field(12, Value("channel_scores", Float, 1, 1)),
        ]));

    /// <summary>windows [n, 4, 1] → b [1].</summary>
    public static byte[] Fit() => Model(13, Graph([
        Node("ReduceMean", ["windows"], ["b"], Ints("axes", 0, 1), Int("keepdims", 0)),
        Field(11, Value("windows", Float, -1, 4, 1)),
        Field(12, Value("b", Float, 1)),
    ]));

    public static byte[] Model(long opset, byte[] graph) => [.. Field(1, 8), .. Field(8, Field(2, opset)), .. Field(7, graph)];

    public static byte[] Graph(byte[][] parts) => [.. parts.SelectMany(part => part), .. Field(2, Text("g"))];

    public static byte[] Node(string type, string[] inputs, string[] outputs, params byte[][] attributes) => InDomain("", type, inputs, outputs, attributes);

    public static byte[] InDomain(string domain, string type, string[] inputs, string[] outputs, params byte[][] attributes) => Field(1, [
        .. inputs.SelectMany(input => Field(1, Text(input))), .. outputs.SelectMany(output => Field(2, Text(output))),
        .. Field(4, Text(type)), .. attributes.SelectMany(attribute => Field(5, attribute)), .. domain.Length > 0 ? Field(7, Text(domain)) : [],
    ]);

    public static byte[] Int(string name, long value) => [.. Field(1, Text(name)), .. Field(3, value), .. Field(20, 2)];

    public static byte[] Ints(string name, params long[] values) => [.. Field(1, Text(name)), .. values.SelectMany(value => Field(8, value)), .. Field(20, 7)];

    public static byte[] Body(string name, byte[] graph) => [.. Field(1, Text(name)), .. Field(6, graph), .. Field(20, 5)];

    public static byte[] Tensor(string name, long[] shape, float[] values) =>
        [.. shape.SelectMany(size => Field(1, size)), .. Field(2, Float), .. Field(8, Text(name)), .. Field(9, [.. values.SelectMany(BitConverter.GetBytes)])];

    public static byte[] Longs(string name, params long[] values) =>
        [.. Field(1, values.Length), .. Field(2, Int64), .. Field(8, Text(name)), .. Field(9, [.. values.SelectMany(BitConverter.GetBytes)])];

    public static byte[] Scalar(string name, long value) => [.. Field(2, Int64), .. Field(8, Text(name)), .. Field(9, BitConverter.GetBytes(value))];

    public static byte[] True(string name) => [.. Field(2, Bool), .. Field(8, Text(name)), .. Field(9, [1])];

    /// <summary>A tensor whose bytes lie in another file.</summary>
    public static byte[] External(string name, string location) =>
    [
        .. Field(1, 1L), .. Field(2, Float), .. Field(8, Text(name)), .. Field(13, [.. Field(1, Text("location")), .. Field(2, Text(location))]), .. Field(14, 1L),
    ];

    public static byte[] Value(string name, int type, params long[] shape) =>
    [
        .. Field(1, Text(name)),
        .. Field(2, Field(1, [.. Field(1, type), .. Field(2, [.. shape.SelectMany(size => Field(1, size < 0 ? Field(2, Text("n")) : Field(1, size)))])])),
    ];

    /// <summary>Counts to <paramref name="rounds"/> before the window goes on as "seen".</summary>
    public static byte[] Loop(long rounds) =>
    [
        .. Field(5, Scalar("rounds", rounds)), .. Field(5, True("on")),
        .. Node("Loop", ["rounds", "on", "window"], ["seen"], Body("body", Graph([
            Node("Identity", ["go"], ["go_out"]), Node("Abs", ["carried"], ["carried_out"]),
            Field(11, [.. Field(1, Text("i")), .. Field(2, Field(1, [.. Field(1, Int64), .. Field(2, [])]))]),
            Field(11, [.. Field(1, Text("go")), .. Field(2, Field(1, [.. Field(1, Bool), .. Field(2, [])]))]),
            Field(11, Value("carried", Float, 1, 4, 1)),
            Field(12, [.. Field(1, Text("go_out")), .. Field(2, Field(1, [.. Field(1, Bool), .. Field(2, [])]))]),
            Field(12, Value("carried_out", Float, 1, 4, 1)),
        ]))),
    ];

    public static byte[] Field(int number, long value) => [.. Varint((ulong)(number << 3)), .. Varint((ulong)value)];

    public static byte[] Field(int number, byte[] body) => [.. Varint((ulong)((number << 3) | 2)), .. Varint((ulong)body.Length), .. body];

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
