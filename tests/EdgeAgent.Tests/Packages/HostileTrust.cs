using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace EdgeAgent.Tests.Packages;

/// <summary>Packages that are whole, and not by whom they should be, or not for this device, or not now.</summary>
internal static class HostileTrust
{
    /// <summary>The reason of those that no trusted key has signed.</summary>
    public const string NoneOf = "is by none of the 2 trusted keys";

    public static IEnumerable<HostileCase> All(PackageWorkshop shop) => [.. Signatures(shop), .. Manifests(shop)];

    private static IEnumerable<HostileCase> Signatures(PackageWorkshop shop)
    {
        var manifest = PackageWorkshop.Bytes(shop.Manifest());
        var honest = PackageWorkshop.Sign(manifest, shop.Key);
        yield return new HostileCase("arbitrary software: another key", new ForgedArchive(shop.Entries(manifest, key: shop.Stranger)).Build(), NoneOf);
        yield return new HostileCase("a stolen key that was withdrawn", new ForgedArchive(shop.Entries(manifest, key: shop.Withdrawn)).Build(), "which was withdrawn");
        yield return new HostileCase("an empty signature", Signed(shop, manifest, []), NoneOf);
        yield return new HostileCase("a signature of zeros", Signed(shop, manifest, new byte[71]), NoneOf);
        yield return new HostileCase("r and s are zero", Signed(shop, manifest, [0x30, 6, 2, 1, 0, 2, 1, 0]), NoneOf);
        yield return new HostileCase("a bit of the signature flipped", Signed(shop, manifest, [.. honest[..20], (byte)(honest[20] ^ 1), .. honest[21..]]), NoneOf);
        yield return new HostileCase("a signature with a byte behind it", Signed(shop, manifest, [.. honest, 0]), NoneOf);
        yield return new HostileCase("a signature cut off", Signed(shop, manifest, honest[..^1]), NoneOf);
        yield return new HostileCase("a signature in IEEE P1363", Signed(shop, manifest, shop.Key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)), NoneOf);
        yield return new HostileCase("a signature over SHA-1", Signed(shop, manifest, shop.Key.SignData(manifest, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence)), NoneOf);
        yield return new HostileCase("a signature over SHA-512", Signed(shop, manifest, shop.Key.SignData(manifest, HashAlgorithmName.SHA512, DSASignatureFormat.Rfc3279DerSequence)), NoneOf);
        yield return new HostileCase("a signature over a file", Signed(shop, manifest, PackageWorkshop.Sign(shop.Files["score.onnx"], shop.Key)), NoneOf);
        yield return new HostileCase("a manifest changed after it was signed", Signed(shop, PackageWorkshop.Bytes(Changed(shop, "version", "9.9.9")), honest), NoneOf);
        yield return new HostileCase("a manifest with a space more", Signed(shop, [.. manifest, (byte)' '], honest), NoneOf);
        yield return new HostileCase("the signature of another version (mix and match)", Signed(shop, manifest, PackageWorkshop.Sign(PackageWorkshop.Bytes(Changed(shop, "sequence", 9)), shop.Key)), NoneOf);
        using var rsa = RSA.Create(2048);
        yield return new HostileCase("a signature by RSA", Signed(shop, manifest, rsa.SignData(manifest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)), NoneOf);
    }

    /// <summary>All of these are signed by a trusted key: a mistake of those who may sign must not break a device either.</summary>
    private static IEnumerable<HostileCase> Manifests(PackageWorkshop shop)
    {
        yield return Raw(shop, "no JSON", "not json"u8.ToArray(), "not a manifest");
        yield return Raw(shop, "null", "null"u8.ToArray(), "a JSON object is needed");
        yield return Raw(shop, "a list", "[]"u8.ToArray(), "not a manifest");
        yield return Raw(shop, "JSON without end", [.. Enumerable.Range(0, 10_000).SelectMany(i => new[] { (byte)'[', (byte)('0' + (i * 7 % 10)), (byte)',' })], "not a manifest");
        yield return Raw(shop, "a byte order mark", [0xEF, 0xBB, 0xBF, .. PackageWorkshop.Bytes(shop.Manifest())], "not a manifest");
        yield return Raw(shop, "UTF-16", System.Text.Encoding.Unicode.GetBytes(shop.Manifest().ToJsonString()), "not a manifest");
        yield return Raw(shop, "cut off", PackageWorkshop.Bytes(shop.Manifest())[..500], "not a manifest");
        yield return Raw(shop, "two JSON documents", [.. PackageWorkshop.Bytes(shop.Manifest()), .. "{}"u8], "not a manifest");
        yield return Raw(shop, "a key twice", System.Text.Encoding.UTF8.GetBytes(shop.Manifest().ToJsonString().Replace("{\"format\":1,", "{\"format\":1,\"name\":\"other\",", StringComparison.Ordinal)), "not a manifest");
        foreach (var key in new[] { "name", "version", "kind", "entry", "files", "runtime", "minAgent", "anomaly", "format", "sequence", "targets" })
        {
            yield return Change(shop, $"without {key}", manifest => manifest.Remove(key), "");
            yield return Change(shop, $"{key} is null", manifest => manifest[key] = null, "");
            yield return Change(shop, $"{key} is of another type", manifest => manifest[key] = key is "files" or "targets" ? 7 : new JsonArray(1, 2), "");
        }

        foreach (var name in new[] { "", "../evil", "Evil", "evil name", "-evil", "evil-", "a/b", new string('a', 65), "evil\n", "évil", "." })
        {
            yield return Change(shop, $"name \"{name}\"", manifest => manifest["name"] = name, "name: allowed");
        }

        foreach (var version in new[] { "", "../1", "1/2", "1 2", new string('1', 33), "1\0", ".1", "1." })
        {
            yield return Change(shop, $"version \"{version}\"", manifest => manifest["version"] = version, "version: allowed");
        }

        yield return Change(shop, "format 2", manifest => manifest["format"] = 2, "this agent reads format 1");
        yield return Change(shop, "sequence 0", manifest => manifest["sequence"] = 0, "sequence is 0");
        yield return Change(shop, "a sequence below zero", manifest => manifest["sequence"] = -1, "sequence is -1");
        yield return Change(shop, "a sequence beyond what readers agree on", manifest => manifest["sequence"] = 1L << 60, "sequence is");
        yield return Change(shop, "a sequence beyond 64 bits", manifest => manifest["sequence"] = JsonNode.Parse("99999999999999999999"), "not a manifest");
        yield return Change(shop, "an unknown kind", manifest => manifest["kind"] = "firmware", "allowed: anomaly, language");
        yield return Change(shop, "a kind without its block", manifest => manifest["kind"] = "language", "");
        yield return Change(shop, "minAgent is no version", manifest => manifest["minAgent"] = "newest", "minAgent");
        yield return Change(shop, "an entry that is no file", manifest => manifest["entry"] = "other.onnx", "entry: not one of the files");
        yield return Change(shop, "expired before it was created", manifest => manifest["expires"] = "2000-01-01T00:00:00Z", "expires lies before created");
        yield return Change(shop, "memory below zero", manifest => manifest["runtime"]!["memoryMB"] = -1, "runtime: allowed");
        yield return Change(shop, "no provider", manifest => manifest["runtime"]!["providers"] = new JsonArray(), "runtime: allowed");
        yield return Change(shop, "no target", manifest => manifest["targets"] = new JsonArray(), "targets: allowed");
        yield return Change(shop, "notes without end", manifest => manifest["notes"] = new string('n', 3000), "allowed: up to 2000 characters");
        yield return Change(shop, "no files", manifest => manifest["files"] = new JsonArray(), "files: 0 of them");
        yield return Change(shop, "a thousand files", manifest => manifest["files"] = new JsonArray([.. Enumerable.Range(0, 1000).Select(i => File($"f{i}"))]), "files: 1000 of them");
        yield return Change(shop, "a file that is null", manifest => manifest["files"]!.AsArray().Add(null), "a list holds null");
        yield return Change(shop, "a file above", manifest => manifest["files"]!.AsArray().Add(File("../evil")), "files: every path must lie inside the package");
        yield return Change(shop, "an absolute file", manifest => manifest["files"]!.AsArray().Add(File("/etc/passwd")), "files: every path must lie inside the package");
        yield return Change(shop, "a file listed twice", manifest => manifest["files"]!.AsArray().Add(File("score.onnx")), "is there twice");
        yield return Change(shop, "a file listed in another case", manifest => manifest["files"]!.AsArray().Add(File("SCORE.onnx")), "is there twice");
        yield return Change(shop, "the manifest lists itself", manifest => manifest["files"]!.AsArray().Add(File("manifest.json")), "a name of the package itself");
        yield return Change(shop, "a file that is not there", manifest => manifest["files"]!.AsArray().Add(File("other.bin")), "missing; the manifest lists it");
        yield return Change(shop, "a size below zero", manifest => manifest["files"]![0]!["size"] = -5, "has a size of -5");
        yield return Change(shop, "another size", manifest => manifest["files"]![0]!["size"] = 5, "the manifest says 5");
        yield return Change(shop, "another hash", manifest => manifest["files"]![0]!["sha256"] = new string('0', 64), "SHA-256 is");
        yield return Change(shop, "a hash in capitals", manifest => manifest["files"]![0]!["sha256"] = new string('A', 64), "hex digits, lower-case");
        yield return Change(shop, "a short hash", manifest => manifest["files"]![0]!["sha256"] = "00", "hex digits, lower-case");
        yield return Change(shop, "a window without end", manifest => manifest["anomaly"]!["windowSamples"] = 2_000_000_000, "anomaly.windowSamples");
        yield return Change(shop, "no window", manifest => manifest["anomaly"]!["windowSamples"] = 0, "anomaly.windowSamples");
        yield return Change(shop, "a hop longer than the window", manifest => manifest["anomaly"]!["hopSamples"] = 100, "anomaly.hopSamples");
        yield return Change(shop, "no rate", manifest => manifest["anomaly"]!["sampleRateHz"] = 0, "anomaly.sampleRateHz");
        yield return Change(shop, "no inputs", manifest => manifest["anomaly"]!["inputs"] = new JsonArray(), "anomaly needs inputs");
        yield return Change(shop, "an input that is null", manifest => manifest["anomaly"]!["inputs"]!.AsArray().Add(null), "");
        yield return Change(shop, "a tolerance that forgives everything", manifest => manifest["selfTest"]!["relativeTolerance"] = 5, "selfTest: allowed");
        yield return Change(shop, "a self-test that is no file", manifest => manifest["selfTest"]!["file"] = "other.json", "selfTest.file");
    }

    private static JsonObject File(string path) => new() { ["path"] = path, ["size"] = 1, ["sha256"] = new string('0', 64) };

    private static HostileCase Raw(PackageWorkshop shop, string what, byte[] manifest, string reason) =>
        new($"manifest: {what}", new ForgedArchive(shop.Entries(manifest)).Build(), reason);

    private static HostileCase Change(PackageWorkshop shop, string what, Action<JsonObject> change, string reason) => new($"manifest: {what}", shop.Honest(change), reason);

    private static JsonObject Changed(PackageWorkshop shop, string key, JsonNode value)
    {
        var manifest = shop.Manifest();
        manifest[key] = value;
        return manifest;
    }

    private static byte[] Signed(PackageWorkshop shop, byte[] manifest, byte[] signature) =>
        new ForgedArchive([new ForgedEntry("manifest.json", manifest), new ForgedEntry("manifest.sig", signature), .. shop.Files.Select(file => new ForgedEntry(file.Key, file.Value))]).Build();
}
