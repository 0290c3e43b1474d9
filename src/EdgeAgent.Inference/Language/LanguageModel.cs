using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Inference.Language.Constraints;
using EdgeAgent.Inference.Language.Decoding;
using EdgeAgent.Inference.Language.Tokenization;
using EdgeAgent.Inference.Packages;

namespace EdgeAgent.Inference.Language;

/// <summary>A language package that is loaded and can write. Not thread-safe: one text at a time.</summary>
public sealed class LanguageModel : IDisposable
{
    private const long LargestTokenizer = 64 << 20;

    private readonly DecoderSession _session;
    private readonly GreedyDecoder _decoder;
    private readonly LanguageContract _contract;

    private LanguageModel(ModelPackage package, ByteLevelBpe tokens, DecoderSession session, HashSet<int> stop, TimeProvider time)
    {
        Identity = package.Identity;
        EvidenceVersion = package.Manifest.EvidenceVersion;
        Tokens = tokens;
        _contract = package.Manifest.Language!;
        _session = session;
        _decoder = new GreedyDecoder(session, stop, time);
    }

    public ModelIdentity Identity { get; }

    public ByteLevelBpe Tokens { get; }

    /// <summary>The evidence vocabulary that the model was trained on.</summary>
    public int EvidenceVersion { get; }

    public int MaxNewTokens => _contract.MaxNewTokens;

    /// <summary>Opens a package folder. Does not throw for a bad one.</summary>
    /// <param name="threads">For the graph. More than the machine's free cores make it slower.</param>
    public static bool TryLoad(
        string folder,
        int threads,
        TimeProvider time,
        [NotNullWhen(true)] out LanguageModel? model,
        [NotNullWhen(false)] out PackageProblem? problem)
    {
        model = null;
        if (!PackageFolder.TryOpen(folder, "language", out var package, out problem))
        {
            return false;
        }

        // Evidence only ever gains statistics, so an older package still understands what it knew.
        if (package.Manifest.EvidenceVersion is < 1 or > Evidence.Version)
        {
            problem = new PackageProblem(
                package.PathOf(PackageFolder.ManifestFile),
                $"evidenceVersion is {package.Manifest.EvidenceVersion}; this agent speaks 1..{Evidence.Version}");
            return false;
        }

        var contract = package.Manifest.Language!;
        if (!TryReadTokenizer(package.PathOf(contract.Tokenizer), out var tokens, out problem))
        {
            return false;
        }

        var stop = contract.Stop.Select(token => (Text: token, Id: tokens.Find(token))).ToList();
        if (stop.FirstOrDefault(token => token.Id is null).Text is { } unknown)
        {
            problem = new PackageProblem(package.PathOf(contract.Tokenizer), $"has no token '{unknown}', which the manifest stops at");
            return false;
        }

        var graph = package.PathOf(package.Manifest.Entry);
        if (!DecoderSession.TryLoad(graph, threads, contract.ContextTokens, out var session, out var fault))
        {
            problem = new PackageProblem(graph, fault);
            return false;
        }

        model = new LanguageModel(package, tokens, session, [.. stop.Select(token => token.Id!.Value)], time);
        problem = null;
        return true;
    }

    /// <summary>Answers a prompt freely.</summary>
    /// <exception cref="Microsoft.ML.OnnxRuntime.OnnxRuntimeException">The graph failed.</exception>
    public Generation Generate(string prompt, int maxTokens, CancellationToken cancellationToken) =>
        Write(prompt, new AnyText(), maxTokens, cancellationToken);

    /// <summary>Explains evidence under the constraint, so that a complete answer parses and is grounded.</summary>
    /// <exception cref="Microsoft.ML.OnnxRuntime.OnnxRuntimeException">The graph failed.</exception>
    public DiagnosisGeneration Diagnose(EvidencePrompt prompt, int maxTokens, CancellationToken cancellationToken)
    {
        var constraint = new AnswerConstraint(prompt, Tokens);
        var generation = Write(prompt.Text, constraint, maxTokens, cancellationToken);
        return new DiagnosisGeneration(Tokens.Decode(generation.Tokens), constraint.Shares, generation);
    }

    /// <summary>How many tokens the prompt takes with the chat template around it.</summary>
    public int CountTokens(string prompt) => Chat(prompt).Count;

    public void Dispose() => _session.Dispose();

    private Generation Write(string prompt, ITokenConstraint constraint, int maxTokens, CancellationToken cancellationToken)
    {
        var tokens = Chat(prompt);
        return tokens.Count >= _contract.ContextTokens
            ? new Generation([], GenerationEnd.Budget, tokens.Count, TimeSpan.Zero, TimeSpan.Zero)
            : _decoder.Write(tokens, constraint, maxTokens, cancellationToken);
    }

    private List<int> Chat(string prompt)
    {
        var chat = _contract.Chat;
        var tokens = new List<int>();
        if (_contract.SystemPrompt is { Length: > 0 } system)
        {
            tokens.AddRange([
                .. Tokens.EncodeTemplate(chat.System.Prefix), .. Tokens.EncodeText(system), .. Tokens.EncodeTemplate(chat.System.Suffix),
            ]);
        }

        tokens.AddRange([
            .. Tokens.EncodeTemplate(chat.User.Prefix), .. Tokens.EncodeText(prompt), .. Tokens.EncodeTemplate(chat.User.Suffix),
            .. Tokens.EncodeTemplate(chat.Assistant.Prefix),
        ]);
        return tokens;
    }

    private static bool TryReadTokenizer(
        string path, [NotNullWhen(true)] out ByteLevelBpe? tokens, [NotNullWhen(false)] out PackageProblem? problem)
    {
        tokens = null;
        try
        {
            var fault = new FileInfo(path).Length > LargestTokenizer ? $"larger than {LargestTokenizer} bytes"
                : TokenizerFile.TryRead(File.ReadAllBytes(path), out tokens, out var why) ? null : why;
            problem = fault is null ? null : new PackageProblem(path, fault);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = new PackageProblem(path, e.Message);
        }

        return problem is null && tokens is not null;
    }
}
