using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Inference.Tests.Anomaly;

public sealed class RefusedPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _package;

    public RefusedPackageTests() => _package = _folder.CopyOf(Shipped.Package("process-anomaly"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_changed_byte_in_a_graph_is_told_by_its_hash_before_anything_parses_it()
    {
        var graph = Path.Combine(_package, "score.onnx");
        var bytes = File.ReadAllBytes(graph);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(graph, bytes);

        Assert.Contains("SHA-256", Refusal());
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        File.Delete(Path.Combine(_package, "fit.onnx"));

        Assert.Contains("fit.onnx: missing", Refusal());
    }

    [Fact]
    public void A_truncated_file_is_told_by_its_size()
    {
        File.WriteAllBytes(Path.Combine(_package, "fit.onnx"), [1, 2, 3]);

        Assert.Contains("3 bytes", Refusal());
    }

    [Theory]
    [InlineData("{", "not a manifest")]
    [InlineData("null", "JSON object")]
    [InlineData("{\"format\":2}", "format is 2")]
    [InlineData("{\"format\":1,\"name\":\"x\"}", "missing: \"version\"")]
    public void A_manifest_that_is_none_is_refused_in_one_line(string manifest, string expected)
    {
        File.WriteAllText(Path.Combine(_package, "manifest.json"), manifest);

        Assert.Contains(expected, Refusal());
    }

    [Fact]
    public void A_manifest_that_names_other_tensors_than_the_graph_has_is_refused_with_both()
    {
        var path = Path.Combine(_package, "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"hold\": \"hold\"", "\"hold\": \"freeze\""));

        var refusal = Refusal();
        Assert.Contains("hold", refusal);
        Assert.Contains("freeze", refusal);
    }

    [Fact]
    public void A_file_outside_the_package_is_refused()
    {
        var path = Path.Combine(_package, "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"path\": \"fit.onnx\"", "\"path\": \"../fit.onnx\""));

        Assert.Contains("inside the package", Refusal());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused() => Assert.Contains("manifest.json", Refusal(Path.Combine(_package, "nowhere")));

    private string Refusal(string? package = null)
    {
        Assert.False(OnnxAnomalyModel.TryLoad(package ?? _package, out _, out var problem));
        var text = problem!.ToString();
        Assert.DoesNotContain('\n', text);
        return text;
    }
}
