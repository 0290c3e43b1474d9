using System.Text.Json;
using EdgeAgent.Children;
using EdgeAgent.Inference.Tests.Language;
using EdgeAgent.Language;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Language;

public sealed class DiagnoseHandlerTests : IDisposable
{
    private const string Flow = """{"channel":"Flow","role":"flow","unit":"l/min","value":27.1,"baseline":32.0,"deviationSigma":-6.3,"onset":12}""";

    private readonly string _file = Path.GetTempFileName();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        File.Delete(_file);
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Evidence_without_a_package_is_explained_by_the_template()
    {
        Assert.Equal(ExitCodes.Done, await RunAsync($$"""{"machineType":"centrifugal pump", /* why */ "evidence":[{{Flow}},]}"""));

        using var made = JsonDocument.Parse(_output.ToString());
        Assert.Equal("template", made.RootElement.GetProperty("author").GetString());
        Assert.Equal("suction-restriction", made.RootElement.GetProperty("fault").GetString());
        Assert.Equal(3, made.RootElement.GetProperty("actions").GetArrayLength());
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public async Task A_decision_keeps_its_ids_and_is_explained_by_the_model()
    {
        const string Id = "01900000-0000-7000-8000-000000000003";
        var decision = $$"""{"schema":"edgeagent/decision/1","id":"{{Id}}","alarmId":"{{Id}}","seq":4,"evidence":[{{Flow}}]}""";

        Assert.Equal(ExitCodes.Done, await RunAsync(decision, LanguagePackages.Shipped));

        using var made = JsonDocument.Parse(_output.ToString());
        Assert.Equal("model", made.RootElement.GetProperty("author").GetString());
        Assert.Equal(Id, made.RootElement.GetProperty("decisionId").GetString());
        Assert.Equal(Id, made.RootElement.GetProperty("alarmId").GetString());
        Assert.True(made.RootElement.GetProperty("grounded").GetBoolean());
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "found no \"evidence\"")]
    [InlineData("""{"evidence":{}}""", "found no \"evidence\"")]
    [InlineData("""{"evidence":[7]}""", "/evidence/0: found 7, allowed: an object")]
    [InlineData("""{"evidence":[{"role":"flow"}]}""", "/evidence/0/channel: found nothing, allowed: a text")]
    [InlineData("""{"evidence":[{"channel":"a","role":"colour"}]}""", "/evidence/0/role: found \"colour\", allowed: flow, pressure")]
    [InlineData("""{"evidence":[{"channel":"a","role":"flow","value":"1"}]}""", "/evidence/0/value: found \"1\", allowed: a number")]
    [InlineData("""{"evidence":[{"channel":"a","role":"flow","value":1e999}]}""", "/evidence/0/value: found 1e999")]
    [InlineData("""{"evidence":[{"channel":"a","role":"flow","trend":"up"}]}""", "/evidence/0/trend: found \"up\", allowed: rising")]
    [InlineData("""{"evidence":[{"channel":"a","role":"flow","value":1,"baseline":1,"deviationSigma":1,"onset":-1}]}""", "/evidence/0/onset")]
    [InlineData("""{"evidence":[{"channel":"a","role":"vibration","statistic":"median","value":1,"baseline":1,"deviationSigma":1}]}""", "/evidence/0/statistic: found \"median\", allowed: mean, rms, ")]
    [InlineData("""{"evidence":[{"channel":"a","role":"vibration","value":1,"baseline":1,"deviationSigma":1}]}""", "/machineType: found nothing")]
    [InlineData("""{"machineType":"crane","evidence":[]}""", "/machineType: found \"crane\", allowed: \"centrifugal pump\"")]
    [InlineData("""{"faultLibrary":"no-such.json","evidence":[]}""", "no-such.json")]
    public async Task A_bad_file_is_one_line_and_exit_code_2(string content, string expected)
    {
        Assert.Equal(ExitCodes.BadInput, await RunAsync(content));

        Assert.Empty(_output.ToString());
        Assert.Contains(expected, _errors.ToString(), StringComparison.Ordinal);
        Assert.Single(_errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_one_line_and_exit_code_2()
    {
        var handler = Handler();

        Assert.Equal(ExitCodes.BadInput, await handler.RunAsync("/no/such/file.json", null, json: true, CancellationToken.None));
        Assert.Equal("edgeagent: /no/such/file.json: no such file", _errors.ToString().Trim());
    }

    [Fact]
    public async Task A_package_of_another_kind_is_refused_with_3()
    {
        var package = Path.Combine(Repository.Root, "models", "process-anomaly");

        Assert.Equal(ExitCodes.PackageRefused, await RunAsync($$"""{"machineType":"centrifugal pump","evidence":[{{Flow}}]}""", package));
        Assert.Contains("package refused", _errors.ToString(), StringComparison.Ordinal);
    }

    private async Task<int> RunAsync(string content, string? package = null)
    {
        await File.WriteAllTextAsync(_file, content);
        return await Handler().RunAsync(_file, package, json: true, CancellationToken.None);
    }

    private DiagnoseHandler Handler() => new(
        new OwnProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "edgeagent.dll")]),
        _output, _errors, TimeProvider.System, NullLoggerFactory.Instance);
}
