using EdgeAgent.Inference.Language;
using EdgeAgent.Inference.Language.Tokenization;

namespace EdgeAgent.Inference.Tests.Language;

/// <summary>The packages that the tests run: tiny ones with random weights, and the one that is shipped.</summary>
public static class LanguagePackages
{
    public static string Root { get; } = FindRoot();

    public static string Shipped => Path.Combine(Root, "models", "pump-language");

    public static string Tiny(string name) => Path.Combine(Root, "tests", "LanguagePackages", name);

    public static LanguageModel Load(string folder)
    {
        Assert.True(LanguageModel.TryLoad(folder, threads: 1, TimeProvider.System, out var model, out var problem), problem?.ToString());
        return model;
    }

    public static ByteLevelBpe Tokenizer(string folder)
    {
        var json = File.ReadAllBytes(Path.Combine(folder, "tokenizer.json"));
        Assert.True(TokenizerFile.TryRead(json, out var tokenizer, out var problem), problem);
        return tokenizer;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
