using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Usb;

/// <summary>What the agent wrote about a package that came in (edgeagent/model-outcome/1), as far as it matters here.</summary>
/// <param name="File">Its name in the incoming folder.</param>
internal sealed record JudgedPackage(string File, string Sha256, string Result, string? Reason, string? Name, string? Version, long? Sequence, DateTimeOffset At);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JudgedPackage))]
internal sealed partial class JudgedPackageJson : JsonSerializerContext;

/// <summary>The packages whose verdict stands, by the SHA-256 of their file.</summary>
internal sealed class JudgedPackages
{
    /// <summary>A refused one is judged again: the key that it lacked may be there now.</summary>
    private const string Refused = "refused";
    private const int MostBytes = 1 << 16;

    private readonly IReadOnlyDictionary<string, JudgedPackage> _bySha256;

    private JudgedPackages(IReadOnlyDictionary<string, JudgedPackage> bySha256) => _bySha256 = bySha256;

    public bool Any => _bySha256.Count > 0;

    public static string FolderIn(string dataDirectory) => Path.Combine(dataDirectory, "models", "outcomes");

    /// <summary>Does not throw: what cannot be read is not known, and its package is judged once more.</summary>
    public static JudgedPackages Read(string dataDirectory)
    {
        var found = new Dictionary<string, JudgedPackage>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(FolderIn(dataDirectory), "*.json"))
            {
                if (TryRead(path) is { } outcome && outcome.Result != Refused)
                {
                    found[outcome.Sha256] = outcome;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No folder: nothing was judged yet.
        }

        return new JudgedPackages(found);
    }

    /// <returns>null if there is none, or none that can be read.</returns>
    public static JudgedPackage? TryRead(string path)
    {
        try
        {
            return new FileInfo(path).Length > MostBytes ? null : JsonSerializer.Deserialize(File.ReadAllBytes(path), JudgedPackageJson.Default.JudgedPackage);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public JudgedPackage? Find(string sha256) => _bySha256.GetValueOrDefault(sha256);
}
