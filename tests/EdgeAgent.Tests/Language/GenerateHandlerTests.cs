using System.Text.Json;
using EdgeAgent.Inference.Tests.Language;
using EdgeAgent.Language;

namespace EdgeAgent.Tests.Language;

public sealed class GenerateHandlerTests
{
    [Fact]
    public async Task A_prompt_gives_text_token_ids_and_speed_as_one_json_document()
    {
        var (exitCode, output, errors) = await RunAsync(LanguagePackages.Shipped, "machine: pump", null, 12);

        Assert.Equal((ExitCodes.Done, ""), (exitCode, errors));
        using var made = JsonDocument.Parse(output);
        Assert.InRange(made.RootElement.GetProperty("tokenIds").GetArrayLength(), 1, 12);
        Assert.True(made.RootElement.GetProperty("tokensPerSecond").GetDouble() >= 0);
        Assert.Equal("pump-language", made.RootElement.GetProperty("model").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("pump-language", null, null, null, ExitCodes.BadInput, "exactly one of --prompt and --prompt-file")]
    [InlineData("pump-language", "a", "b", null, ExitCodes.BadInput, "exactly one of --prompt and --prompt-file")]
    [InlineData("pump-language", "a", null, 0, ExitCodes.BadInput, "--max-tokens: found 0, allowed: 1 or more")]
    [InlineData("pump-language", null, "/no/such/prompt", null, ExitCodes.BadInput, "--prompt-file")]
    [InlineData("nothing-here", "a", null, null, ExitCodes.BadInput, "no such folder")]
    [InlineData("process-anomaly", "a", null, null, ExitCodes.PackageRefused, "kind is anomaly; language is needed here")]
    public async Task A_bad_call_is_one_line_and_its_exit_code(
        string package, string? prompt, string? file, int? maxTokens, int expectedCode, string expected)
    {
        var (exitCode, output, errors) =
            await RunAsync(Path.Combine(LanguagePackages.Root, "models", package), prompt, file, maxTokens);

        Assert.Equal((expectedCode, ""), (exitCode, output));
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string package, string? prompt, string? file, int? maxTokens)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var handler = new GenerateHandler(output, errors, TimeProvider.System);
        var exitCode = await handler.RunAsync(package, prompt, file, maxTokens, json: true, CancellationToken.None);
        return (exitCode, output.ToString(), errors.ToString());
    }
}
