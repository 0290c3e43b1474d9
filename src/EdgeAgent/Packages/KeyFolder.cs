using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.ModelPackages.Trust;

namespace EdgeAgent.Packages;

/// <summary>
/// The folder of trusted keys: one public key per <c>*.pem</c>, and the ids of withdrawn ones in <c>revoked.txt</c>, one per
/// line, with comments from a <c>#</c> on. A file in it that cannot be read right means that nothing is trusted: half of a list
/// of withdrawn keys is worse than none.
/// </summary>
internal static class KeyFolder
{
    public const string WithdrawnFile = "revoked.txt";
    private const int MostKeys = 32;
    private const int MostKeyBytes = 1 << 13;
    private const int MostListBytes = 1 << 20;
    private const int IdCharacters = 64;

    /// <summary>Does not throw.</summary>
    public static bool TryRead(string folder, [NotNullWhen(true)] out KeyRing? ring, [NotNullWhen(false)] out PackageProblem? problem)
    {
        ring = null;
        var keys = new List<PackageKey>();
        var withdrawn = new HashSet<string>();
        try
        {
            problem = KeysFault(folder, keys) ?? WithdrawnFault(Path.Combine(folder, WithdrawnFile), withdrawn);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = new PackageProblem(folder, $"the trusted keys cannot be read: {e.Message}");
        }

        if (problem is not null)
        {
            keys.ForEach(key => key.Dispose());
            return false;
        }

        ring = new KeyRing(keys, withdrawn);
        return true;
    }

    private static PackageProblem? KeysFault(string folder, List<PackageKey> keys)
    {
        var files = Directory.GetFiles(folder, "*.pem");
        Array.Sort(files, StringComparer.Ordinal);
        if (files.Length is 0 or > MostKeys)
        {
            return new PackageProblem(folder, $"holds {files.Length} keys (*.pem); allowed: 1..{MostKeys}");
        }

        foreach (var file in files)
        {
            if (new FileInfo(file).Length > MostKeyBytes)
            {
                return new PackageProblem(file, $"larger than {MostKeyBytes} bytes; not a public key");
            }

            if (!PackageKey.TryImport(File.ReadAllText(file), Path.GetFileName(file), out var key, out var fault))
            {
                return new PackageProblem(file, fault);
            }

            keys.Add(key);
        }

        return null;
    }

    private static PackageProblem? WithdrawnFault(string file, HashSet<string> withdrawn)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        if (new FileInfo(file).Length > MostListBytes)
        {
            return new PackageProblem(file, $"larger than {MostListBytes} bytes");
        }

        var lines = File.ReadAllLines(file);
        for (var i = 0; i < lines.Length; i++)
        {
            var id = lines[i].Split('#')[0].Trim();
            if (id.Length > 0 && (id.Length != IdCharacters || !id.All(char.IsAsciiHexDigit)))
            {
                return new PackageProblem($"{file}:{i + 1}", $"allowed: the {IdCharacters} hex digits of a key's id, and comments from # on");
            }

            withdrawn.Add(id.ToLowerInvariant());
        }

        return null;
    }
}
