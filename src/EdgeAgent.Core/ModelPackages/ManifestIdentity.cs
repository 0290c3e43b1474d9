using System.Buffers;
using EdgeAgent.Core.ModelPackages.Archives;

namespace EdgeAgent.Core.ModelPackages;

/// <summary>What every manifest must say, whatever its kind.</summary>
internal static class ManifestIdentity
{
    /// <summary>The largest whole number that JSON readers of every language agree on.</summary>
    private const long HighestSequence = (1L << 53) - 1;
    private const int MostFiles = 62;
    private const int MostText = 2000;
    private const int MostPrompts = 16;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static string? Fault(ModelManifest m) =>
        Missing(m) is { } missing ? $"\"{missing}\" is missing"
        : !IsWord(m.Name, NameCharacters, 64) ? "name: allowed: 1..64 lower-case letters, digits and dashes, not at the ends"
        : !IsWord(m.Version, VersionCharacters, 32) ? "version: allowed: 1..32 letters, digits, '.', '+' and '-', not at the ends"
        : m.Sequence is < 1 or > HighestSequence ? $"sequence is {m.Sequence}; allowed: 1..{HighestSequence}"
        : m.Targets is not { Count: > 0 and <= 32 } || m.Targets.Any(target => !IsWord(target, NameCharacters, 64)) ? "targets: allowed: 1 to 32 of \"any\", runtime ids and machine types"
        : !System.Version.TryParse(m.MinAgent, out _) ? "minAgent: allowed: a version such as 0.1.0"
        : m.Runtime.Opset is < 1 or > 1000 || m.Runtime.MemoryMegabytes is < 1 or > 1 << 20 || m.Runtime.Providers is not { Count: > 0 and <= 16 }
        ? "runtime: allowed: opset from 1, memoryMB 1..1048576, and 1 to 16 providers"
        : m.Notes?.Length > MostText || m.License?.Length > MostText ? $"notes, license: allowed: up to {MostText} characters"
        : m.Expires <= m.Created ? "expires lies before created"
        : FilesFault(m.Files) ?? EntryFault(m) ?? SelfTestFault(m);

    private static string? Missing(ModelManifest m) => new (string Name, object? Value)[]
    {
        ("name", m.Name), ("version", m.Version), ("kind", m.Kind), ("entry", m.Entry), ("files", m.Files), ("runtime", m.Runtime), ("minAgent", m.MinAgent),
    }.FirstOrDefault(key => key.Value is null).Name;

    private static string? FilesFault(IReadOnlyList<ModelFile> files)
    {
        if (files.Count is < 1 or > MostFiles)
        {
            return $"files: {files.Count} of them; allowed: 1..{MostFiles}";
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "manifest.json", "manifest.sig" };
        return files.Select(file => FileFault(file, names)).FirstOrDefault(fault => fault is not null);
    }

    private static string? FileFault(ModelFile? file, HashSet<string> names) =>
        !EntryName.IsSafe(file?.Path) ? $"files: every path must lie inside the package; allowed: {EntryName.Allowed}"
        : !names.Add(file!.Path) ? $"files: {file.Path} is there twice, in this or another case, or is a name of the package itself"
        : file.Size < 0 ? $"files: {file.Path} has a size of {file.Size}"
        : file.Sha256 is not { Length: 64 } || file.Sha256.AsSpan().ContainsAnyExcept(HexDigits) ? $"files: {file.Path} needs a sha256 of 64 hex digits, lower-case"
        : null;

    /// <summary>Whatever is opened later must be a file whose hash was checked.</summary>
    private static string? EntryFault(ModelManifest m) => new (string Key, string? File)[]
    {
        ("entry", m.Entry), ("anomaly.score.graph", m.Anomaly?.Score?.Graph), ("anomaly.fit.graph", m.Anomaly?.Fit?.Graph),
        ("language.config", m.Language?.Config), ("language.tokenizer", m.Language?.Tokenizer),
    }.Where(named => named.File is not null && m.Files.All(file => file.Path != named.File)).Select(named => $"{named.Key}: not one of the files").FirstOrDefault();

    private static string? SelfTestFault(ModelManifest m) =>
        m.SelfTest is not { } test ? null
        : m.Kind == "language"
        ? test.Prompts is { Count: > 0 and <= MostPrompts } && test.Prompts.All(prompt => prompt is { Prompt.Length: > 0, Answer.Length: > 0 }) ? null
            : $"selfTest of a language package: allowed: 1 to {MostPrompts} prompts, each with an answer"
        : m.Files.All(file => file.Path != test.File) ? "selfTest.file: not one of the files"
        : !(test.RelativeTolerance is >= 0 and < 1) || !(test.AbsoluteTolerance >= 0 && double.IsFinite(test.AbsoluteTolerance)) || !(test.LatencyMs is > 0 and <= 60_000)
        ? "selfTest: allowed: relativeTolerance 0 to below 1, absoluteTolerance from 0, latencyMs above 0, up to 60000"
        : null;

    private static bool IsWord(string? text, SearchValues<char> allowed, int most) =>
        text is { Length: > 0 } && text.Length <= most && !text.AsSpan().ContainsAnyExcept(allowed)
        && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]);
}
