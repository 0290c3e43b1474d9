using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Core.ModelPackages.Trust;
using EdgeAgent.Inference.Packages;

namespace EdgeAgent.Packages;

/// <summary>
/// Judges an archive from the outside in; nothing is parsed before what lies around it was found right:
/// <code>
///  directory ─▶ manifest.json, manifest.sig as bytes ─▶ signature ─▶ manifest parsed ─▶ list of files ─▶ each file's hash
/// </code>
/// Neither ONNX nor a tokenizer is opened here.
/// </summary>
internal static class PackageVerifier
{
    public const string ManifestName = PackageFolder.ManifestFile;
    public const string SignatureName = "manifest.sig";

    /// <param name="archive">A copy that nobody else can change meanwhile.</param>
    /// <param name="open">Where a file's bytes go, by its name: a new file of a staging folder, or <see cref="Stream.Null"/> to verify only.</param>
    /// <returns>False, with the reason, for anything but a whole and genuine package. What was written until then is worthless.</returns>
    /// <exception cref="IOException">The archive cannot be read, or the disk does not take a file.</exception>
    public static bool TryVerify(
        Stream archive,
        KeyRing ring,
        ArchiveLimits limits,
        Func<string, long, Stream> open,
        [NotNullWhen(true)] out VerifiedPackage? package,
        [NotNullWhen(false)] out PackageProblem? problem)
    {
        package = null;
        if (!ArchiveDirectory.TryRead(archive, limits, out var entries, out problem)
            || !TryReadSmall(archive, entries, ManifestName, limits.ManifestBytes, out var manifestBytes, out problem)
            || !TryReadSmall(archive, entries, SignatureName, limits.SignatureBytes, out var signature, out problem)
            || !ring.TryFindSigner(manifestBytes, signature, out var signer, out problem)
            || !ManifestReader.TryRead(manifestBytes, out var manifest, out problem))
        {
            return false;
        }

        problem = ListFault(manifest, entries) ?? manifest.Files.Select(file => FileFault(archive, entries, file, open)).FirstOrDefault(fault => fault is not null);
        if (problem is not null)
        {
            return false;
        }

        Write(open, ManifestName, manifestBytes);
        Write(open, SignatureName, signature);
        var hash = Convert.ToHexStringLower(SHA256.HashData(manifestBytes));
        package = new VerifiedPackage(manifest, new ModelIdentity(manifest.Name, manifest.Version, hash), signer.Id, signer.Name);
        return true;
    }

    private static bool TryReadSmall(
        Stream archive, IReadOnlyList<ArchiveEntry> entries, string name, int most, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out PackageProblem? problem)
    {
        bytes = null;
        var entry = entries.FirstOrDefault(entry => entry.Name == name);
        problem = entry is null ? new PackageProblem("archive", $"holds no {name}")
            : entry.Bytes > most ? new PackageProblem(name, $"claims {entry.Bytes} bytes; allowed: up to {most}")
            : (bytes = EntryReader.TryReadAll(archive, entry)) is null ? new PackageProblem(name, "cannot be inflated to the size that the archive claims")
            : null;
        return bytes is not null && problem is null;
    }

    /// <summary>The archive holds what the manifest lists, in those sizes, and nothing else.</summary>
    private static PackageProblem? ListFault(ModelManifest manifest, IReadOnlyList<ArchiveEntry> entries)
    {
        var listed = manifest.Files.ToDictionary(file => file.Path, file => file.Size);
        foreach (var entry in entries.Where(entry => entry.Name is not (ManifestName or SignatureName)))
        {
            if (!listed.Remove(entry.Name, out var size))
            {
                return new PackageProblem(entry.Name, "is in the archive, but the manifest does not list it");
            }

            if (size != entry.Bytes)
            {
                return new PackageProblem(entry.Name, $"{entry.Bytes} bytes; the manifest says {size}");
            }
        }

        return listed.Count == 0 ? null : new PackageProblem(listed.Keys.First(), "missing; the manifest lists it");
    }

    private static PackageProblem? FileFault(Stream archive, IReadOnlyList<ArchiveEntry> entries, ModelFile file, Func<string, long, Stream> open)
    {
        using var to = open(file.Path, file.Size);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var whole = EntryReader.TryCopy(archive, entries.First(entry => entry.Name == file.Path), piece =>
        {
            hash.AppendData(piece);
            to.Write(piece);
        });
        var found = whole ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
        return found is null ? new PackageProblem(file.Path, "cannot be inflated to the size that the archive claims")
            : found != file.Sha256 ? new PackageProblem(file.Path, $"SHA-256 is {found}; the manifest says {file.Sha256}")
            : null;
    }

    private static void Write(Func<string, long, Stream> open, string name, byte[] bytes)
    {
        using var to = open(name, bytes.Length);
        to.Write(bytes);
    }
}
