using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Children;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Packages;

/// <summary>What the child says about a package.</summary>
internal sealed record ProofReport(PackageProblem? Problem, double MedianMs);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProofReport))]
internal sealed partial class ProofJson : JsonSerializerContext;

/// <summary>
/// Lets a child process, with a limit on memory and time, open what nobody has opened yet. Whatever the package does to ONNX
/// Runtime happens there: a crash, an endless loop or a lack of memory is a reason to refuse, and nothing more.
/// </summary>
internal sealed class PackageProver(OwnProgram program, TimeSpan patience, TimeProvider time)
{
    /// <summary>The runtime itself, and copies of the weights while a session is made.</summary>
    private const int OwnMegabytes = 256;
    private const int SessionFactor = 3;

    /// <param name="folder">A verified package, unpacked.</param>
    public async Task<ProofReport> ProveAsync(string folder, ModelManifest manifest, CancellationToken cancellationToken)
    {
        var limit = OwnMegabytes + (SessionFactor * manifest.Runtime.MemoryMegabytes);
        var start = new ProcessStartInfo(program.FileName) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[.. program.Arguments, "package-proof", "--package", folder, "--memory-limit", limit.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)limit << 20).ToString("x", CultureInfo.InvariantCulture);
        try
        {
            using var child = Process.Start(start)!;
            return await ListenAsync(child, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return Refused($"cannot be tried: {program.FileName} cannot be started: {e.Message}");
        }

        async Task<ProofReport> ListenAsync(Process child, CancellationToken stop)
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
            using var late = new CancellationTokenSource(patience, time);
            using var link = late.Token.Register(both.Cancel);
            var output = child.StandardOutput.ReadToEndAsync(both.Token);
            var errors = child.StandardError.ReadToEndAsync(both.Token);
            try
            {
                child.StandardInput.Close();
                var said = await output.ConfigureAwait(false);
                _ = await errors.ConfigureAwait(false);
                await child.WaitForExitAsync(both.Token).ConfigureAwait(false);
                return Report(said, folder) ?? Refused($"ended its trial with exit code {child.ExitCode}{Signal(child.ExitCode)}: it crashes ONNX Runtime or needs more than {limit} MB");
            }
            catch (OperationCanceledException)
            {
                child.Kill(entireProcessTree: true);
                await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                return Refused($"was not done with its trial after {patience.TotalSeconds:0} s");
            }
        }
    }

    private static string Signal(int code) => code > 128 ? $" (signal {code - 128})" : "";

    private static ProofReport Refused(string what) => new(new PackageProblem("package", what), 0);

    private static ProofReport? Report(string said, string folder)
    {
        try
        {
            var report = said.Length == 0 ? null : JsonSerializer.Deserialize(said, ProofJson.Default.ProofReport);
            return report?.Problem is not { } problem ? report : report with { Problem = new PackageProblem(Inside(problem.Where), Inside(problem.What)) };
        }
        catch (JsonException)
        {
            return null;
        }

        // Where the package was unpacked says nothing to anybody.
        string Inside(string text) => text.Replace($"{folder}/", "", StringComparison.Ordinal).Replace(folder, "package", StringComparison.Ordinal);
    }
}
