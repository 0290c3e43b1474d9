using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Inference.Packages;

/// <summary>
/// Looks into an .onnx file before ONNX Runtime may: weights that lie in other files must lie in files of the package, and
/// operators must be of a domain that the runtime itself brings. Field numbers are those of onnx.proto3.
/// <code>
///  model ─ graph(7) ─┬ node(1) ─┬ domain(7)
///                    │          └ attribute(5) ─ tensors (5, 10), graphs (6, 11), sparse tensors (22, 23)
///                    ├ initializer(5), sparse initializer(15: values 1, indices 2)
///                    └ tensor: external_data(13: key 1, value 2)
///        functions(25) ─ node(7)
/// </code>
/// </summary>
internal static class GraphFileCheck
{
    private const int DeepestGraph = 16;
    private const int MostText = 4096;
    private static readonly HashSet<string> Domains = ["", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc"];

    /// <param name="file">Of the package, relative, an .onnx file.</param>
    /// <returns>null if ONNX Runtime may open it. Does not throw on any bytes.</returns>
    public static PackageProblem? Find(ModelPackage package, string file)
    {
        try
        {
            using var stream = new FileStream(package.PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 12);
            var folder = file.Contains('/', StringComparison.Ordinal) ? file[..(file.LastIndexOf('/') + 1)] : "";
            var listed = package.Manifest.Files.Select(one => one.Path).Where(path => path.StartsWith(folder, StringComparison.Ordinal))
                .Select(path => path[folder.Length..]).ToHashSet();
            var fault = Model(new Walk(stream, listed), (0, stream.Length));
            return fault is null ? null : new PackageProblem(file, fault);
        }
        catch (InvalidDataException e)
        {
            return new PackageProblem(file, $"is no ONNX model: {e.Message}");
        }
    }

    private sealed record Walk(FileStream File, HashSet<string> Listed)
    {
        public WireFields Fields((long Start, long End) body) => new(File, body.Start, body.End);
    }

    private static string? Model(Walk walk, (long Start, long End) body) => Each(walk, body, field => field.Number switch
    {
        7 => Graph(walk, field.Body, 0),
        25 => Each(walk, field.Body, inner => inner.Number == 7 ? Node(walk, inner.Body, 0) : null),
        _ => null,
    });

    private static string? Graph(Walk walk, (long Start, long End) body, int depth) =>
        depth > DeepestGraph ? $"graphs inside graphs, more than {DeepestGraph} deep"
        : Each(walk, body, field => field.Number switch
        {
            1 => Node(walk, field.Body, depth),
            5 => Tensor(walk, field.Body),
            15 => SparseTensor(walk, field.Body),
            _ => null,
        });

    private static string? Node(Walk walk, (long Start, long End) body, int depth) => Each(walk, body, field => field.Number switch
    {
        5 => Attribute(walk, field.Body, depth),
        7 => Domains.Contains(field.Text(MostText)) ? null : $"an operator of the domain \"{field.Text(MostText)}\"; allowed: {string.Join(", ", Domains.Where(one => one.Length > 0))}",
        _ => null,
    });

    private static string? Attribute(Walk walk, (long Start, long End) body, int depth) => Each(walk, body, field => field.Number switch
    {
        5 or 10 => Tensor(walk, field.Body),
        6 or 11 => Graph(walk, field.Body, depth + 1),
        22 or 23 => SparseTensor(walk, field.Body),
        _ => null,
    });

    private static string? SparseTensor(Walk walk, (long Start, long End) body) =>
        Each(walk, body, field => field.Number is 1 or 2 ? Tensor(walk, field.Body) : null);

    private static string? Tensor(Walk walk, (long Start, long End) body) =>
        Each(walk, body, field => field.Number == 13 ? ExternalData(walk, field.Body) : null);

    private static string? ExternalData(Walk walk, (long Start, long End) body)
    {
        string? key = null;
        string? value = null;
        var fields = walk.Fields(body);
        while (fields.Read())
        {
            key = fields.Number == 1 ? fields.Text(MostText) : key;
            value = fields.Number == 2 ? fields.Text(MostText) : value;
        }

        return key != "location" || walk.Listed.Contains(value ?? "") ? null
            : $"keeps weights in \"{new string([.. (value ?? "").Where(c => !char.IsControl(c))])}\", which is no file of the package";
    }

    private static string? Each(Walk walk, (long Start, long End) body, Func<WireFields, string?> check)
    {
        var fields = walk.Fields(body);
        while (fields.Read())
        {
            if (check(fields) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
