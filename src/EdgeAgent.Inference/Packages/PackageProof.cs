using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Inference.Anomaly;
using EdgeAgent.Inference.Language;
using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Inference.Packages;

/// <summary>
/// Everything that must go well before a package may be used: its graphs looked at, loaded, and the golden self-test passed.
/// Opens files that nobody has run yet, so it runs in a child process with limits.
/// </summary>
public static class PackageProof
{
    private const int LanguageTestTokens = 16;

    /// <param name="folder">A verified package, unpacked.</param>
    /// <param name="medianMs">What the slowest case took; 0 where there is no self-test.</param>
    /// <returns>null if it can be used.</returns>
    public static PackageProblem? Find(string folder, TimeProvider time, out double medianMs)
    {
        medianMs = 0;
        if (!PackageFolder.TryOpen(folder, kind: null, out var package, out var problem))
        {
            return problem;
        }

        var graphs = package.Manifest.Files.Select(file => file.Path).Where(path => path.EndsWith(".onnx", StringComparison.Ordinal));
        return graphs.Select(graph => GraphFileCheck.Find(package, graph)).FirstOrDefault(fault => fault is not null)
            ?? (package.Manifest.Kind == "anomaly" ? Anomaly(package, time, out medianMs) : Language(package, time));
    }

    private static PackageProblem? Anomaly(ModelPackage package, TimeProvider time, out double medianMs)
    {
        medianMs = 0;
        if (!OnnxAnomalyModel.TryLoad(package.Folder, out var model, out var problem))
        {
            return problem;
        }

        model.Dispose();
        return package.Manifest.SelfTest is { } test ? GoldenSelfTest.Find(package, test, time, out medianMs)
            : NoTest();
    }

    /// <summary>It must load and write; what it writes later is judged at each answer.</summary>
    private static PackageProblem? Language(ModelPackage package, TimeProvider time)
    {
        if (!LanguageModel.TryLoad(package.Folder, threads: 1, time, out var model, out var problem))
        {
            return problem;
        }

        using (model)
        {
            return package.Manifest.SelfTest?.Prompts is not { } prompts ? NoTest()
                : prompts.Select(prompt => Ask(model, prompt.Prompt, package.Manifest.Entry)).FirstOrDefault(fault => fault is not null);
        }
    }

    private static PackageProblem? Ask(LanguageModel model, string prompt, string entry)
    {
        try
        {
            return model.Generate(prompt, LanguageTestTokens, CancellationToken.None).Tokens.Count > 0 ? null
                : new PackageProblem(entry, "writes nothing to a prompt of its self-test");
        }
        catch (OnnxRuntimeException e)
        {
            return new PackageProblem(entry, $"ONNX Runtime fails to run it: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static PackageProblem NoTest() => new(PackageFolder.ManifestFile, "\"selfTest\" is missing; a package that is installed has one");
}
