using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Core.ModelPackages.Trust;

namespace EdgeAgent.Tests.Packages;

/// <summary>Makes packages out of a shipped one: honest ones, and ones that are wrong in a single way.</summary>
internal sealed class PackageWorkshop : IDisposable
{
    private readonly string _source;

    public PackageWorkshop(string model = "process-anomaly")
    {
        _source = Path.Combine(Repository.Root, "models", model);
        Files = JsonNode.Parse(File.ReadAllText(Path.Combine(_source, "manifest.json")))!["files"]!.AsArray()
            .Select(file => file!["path"]!.GetValue<string>())
            .ToDictionary(path => path, path => File.ReadAllBytes(Path.Combine(_source, path)));
    }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa Stranger { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa Withdrawn { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The files of the honest package.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>Trusts the key, and has the withdrawn one still in its folder.</summary>
    public KeyRing Ring() => new([Import(Key, "plant.pem"), Import(Withdrawn, "old.pem")], new HashSet<string> { PackageKey.IdOf(Withdrawn) });

    public void WriteKeys(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "plant.pem"), Key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(folder, "old.pem"), Withdrawn.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(Path.Combine(folder, "revoked.txt"), $"# lost with a laptop\n{PackageKey.IdOf(Withdrawn)}\n");
    }

    /// <summary>The manifest as it is shipped, to be changed.</summary>
    public JsonObject Manifest() => JsonNode.Parse(File.ReadAllText(Path.Combine(_source, "manifest.json")))!.AsObject();

    /// <summary>The manifest with its list of files made anew from these.</summary>
    public static JsonObject Listing(JsonObject manifest, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        manifest["files"] = new JsonArray([.. files.Select(file => new JsonObject
        {
            ["path"] = file.Key,
            ["size"] = file.Value.Length,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file.Value)),
        })]);
        return manifest;
    }

    public byte[] Honest(Action<JsonObject>? change = null)
    {
        var manifest = Manifest();
        change?.Invoke(manifest);
        return new ForgedArchive(Entries(manifest)).Build();
    }

    /// <summary>A package whose files are these, honestly listed and signed.</summary>
    public byte[] With(IEnumerable<KeyValuePair<string, byte[]>> files, Action<JsonObject>? change = null)
    {
        KeyValuePair<string, byte[]>[] all = [.. files];
        var manifest = Listing(Manifest(), all);
        change?.Invoke(manifest);
        return new ForgedArchive(Entries(manifest, all)).Build();
    }

    public IEnumerable<ForgedEntry> Entries(JsonObject manifest, IEnumerable<KeyValuePair<string, byte[]>>? files = null, ECDsa? key = null) =>
        Entries(Bytes(manifest), files, key);

    public IEnumerable<ForgedEntry> Entries(byte[] manifest, IEnumerable<KeyValuePair<string, byte[]>>? files = null, ECDsa? key = null) =>
    [
        new ForgedEntry("manifest.json", manifest, deflate: true),
        new ForgedEntry("manifest.sig", Sign(manifest, key ?? Key)),
        .. (files ?? Files).Select(file => new ForgedEntry(file.Key, file.Value, deflate: true)),
    ];

    public static byte[] Bytes(JsonObject manifest) => Encoding.UTF8.GetBytes(manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    public static byte[] Sign(byte[] manifest, ECDsa key) => key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose()
    {
        Key.Dispose();
        Stranger.Dispose();
        Withdrawn.Dispose();
    }

    private static PackageKey Import(ECDsa key, string name) =>
        PackageKey.TryImport(key.ExportSubjectPublicKeyInfoPem(), name, out var imported, out var problem) ? imported : throw new InvalidOperationException(problem);
}
