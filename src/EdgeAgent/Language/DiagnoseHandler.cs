using System.Text;
using EdgeAgent.Children;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Inference.Packages;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Language;

/// <summary>The work of `diagnose`: explains evidence from a file, through the same worker and checks as `run`.</summary>
internal sealed class DiagnoseHandler(
    OwnProgram command, TextWriter output, TextWriter errors, TimeProvider time, ILoggerFactory logs)
{
    /// <param name="package">The language package; null explains with the template.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string evidenceFile, string? package, bool json, CancellationToken cancellationToken)
    {
        if (!EvidenceInputReader.TryRead(evidenceFile, out var input, out var problem)
            || !FaultLibraries.TryFind(evidenceFile, input, out var library, out problem))
        {
            await errors.WriteLineAsync($"edgeagent: {problem}").ConfigureAwait(false);
            return ExitCodes.BadInput;
        }

        if (package is not null && !Directory.Exists(package))
        {
            await errors.WriteLineAsync(
                $"edgeagent: --package: found {package} (no such folder), allowed: a language package's folder").ConfigureAwait(false);
            return ExitCodes.BadInput;
        }

        if (package is not null && !PackageFolder.TryOpen(package, "language", out _, out var refusal))
        {
            await errors.WriteLineAsync($"edgeagent: package refused: {refusal}").ConfigureAwait(false);
            return ExitCodes.PackageRefused;
        }

        var options = new LanguageWorkerOptions { Package = package };
        var started = time.GetTimestamp();
        var client = new LanguageWorkerClient(options, command, time, logs.CreateLogger<LanguageWorkerClient>());
        await using var owned = client.ConfigureAwait(false);
        var outcome = await client.AskAsync(input.Evidence, library, cancellationToken).ConfigureAwait(false);
        var subject = new DiagnosisSubject(
            Guid.CreateVersion7(time.GetUtcNow()), input.AlarmId, input.DecisionId, input.Evidence, library);
        var composed = DiagnosisComposer.Compose(subject, outcome, time.GetElapsedTime(started));
        await output.WriteLineAsync(json ? Encoding.UTF8.GetString(DiagnosisJson.Write(composed.Diagnosis)) : AsText(composed, library))
            .ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static string AsText(ComposedDiagnosis composed, FaultLibrary library)
    {
        var made = composed.Diagnosis;
        var text = new StringBuilder();
        text.AppendLine(made.Summary).AppendLine().AppendLine(made.Explanation).AppendLine();
        text.AppendLine($"Fault: {library.Find(made.Fault)?.Title ?? "unknown"} ({made.Fault}), confidence {made.Confidence:0.00}");
        foreach (var other in made.Alternatives)
        {
            text.AppendLine($"  or:  {library.Find(other.Fault)?.Title} ({other.Fault}), {other.Confidence:0.00}");
        }

        foreach (var action in made.Actions)
        {
            text.AppendLine($"  - {action}");
        }

        text.Append(composed.TemplateReason is { } why
            ? $"By the template, because {why}; {made.LatencyMs} ms."
            : $"By {made.Model!.Name} {made.Model.Version}, grounded; {made.LatencyMs} ms.");
        return text.ToString();
    }
}
