using System.Text.Json;
using EdgeAgent.Inference.Language;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Language;

/// <summary>The work of `generate`: lets a package's model answer one prompt freely, to try and to measure it.</summary>
internal sealed class GenerateHandler(TextWriter output, TextWriter errors, TimeProvider time)
{
    /// <param name="prompt">The prompt itself; null to read it from <paramref name="promptFile"/>.</param>
    /// <param name="maxTokens">null: as many as the package says.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        string package, string? prompt, string? promptFile, int? maxTokens, bool json, CancellationToken cancellationToken)
    {
        if ((prompt is null) == (promptFile is null))
        {
            return await FailAsync(ExitCodes.BadInput, "exactly one of --prompt and --prompt-file is needed").ConfigureAwait(false);
        }

        if (maxTokens is < 1)
        {
            return await FailAsync(ExitCodes.BadInput, $"--max-tokens: found {maxTokens}, allowed: 1 or more").ConfigureAwait(false);
        }

        if (!Directory.Exists(package))
        {
            return await FailAsync(
                ExitCodes.BadInput,
                $"--package: found {package} (no such folder), allowed: a language package's folder").ConfigureAwait(false);
        }

        try
        {
            prompt ??= await File.ReadAllTextAsync(promptFile!, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(ExitCodes.BadInput, $"--prompt-file: {e.Message}").ConfigureAwait(false);
        }

        if (!LanguageModel.TryLoad(package, threads: 1, time, out var loaded, out var problem))
        {
            return await FailAsync(ExitCodes.PackageRefused, problem.ToString()).ConfigureAwait(false);
        }

        using var model = loaded;
        try
        {
            var made = model.Generate(prompt, maxTokens ?? model.MaxNewTokens, cancellationToken);
            var report = GenerateReport.Of(model, made);
            await output.WriteLineAsync(json ? JsonSerializer.Serialize(report, GenerateJson.Readable.GenerateReport) : report.ToText())
                .ConfigureAwait(false);
            return cancellationToken.IsCancellationRequested ? ExitCodes.Failed : ExitCodes.Done;
        }
        catch (OnnxRuntimeException e)
        {
            return await FailAsync(ExitCodes.Failed, $"the model failed: {e.Message.ReplaceLineEndings(" ")}").ConfigureAwait(false);
        }
    }

    private async Task<int> FailAsync(int exitCode, string line)
    {
        await errors.WriteLineAsync($"edgeagent: {line}").ConfigureAwait(false);
        return exitCode;
    }
}
