using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Inference.Packages;

namespace EdgeAgent.Packages;

/// <summary>Makes archives that <see cref="PackageVerifier"/> takes: the manifest first, no extra fields, files in the manifest's order.</summary>
internal static class PackageArchive
{
    /// <summary>Equal files give an equal archive: the time in it is always this one, the earliest that ZIP knows.</summary>
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="folder">Holds manifest.json and every file that it lists, with the size and hash that it states.</param>
    /// <param name="sign">Makes the signature over the manifest's bytes; null = take manifest.sig of the folder.</param>
    /// <param name="output">A new, seekable stream.</param>
    /// <exception cref="IOException">A file cannot be read, or the output not be written.</exception>
    public static bool TryPack(string folder, Func<byte[], byte[]>? sign, Stream output, [NotNullWhen(true)] out ModelManifest? manifest, [NotNullWhen(false)] out PackageProblem? problem)
    {
        manifest = null;
        var manifestPath = Path.Combine(folder, PackageVerifier.ManifestName);
        if (!File.Exists(manifestPath))
        {
            problem = new PackageProblem(folder, $"no {PackageVerifier.ManifestName} here; a package folder is needed");
            return false;
        }

        var manifestBytes = File.ReadAllBytes(manifestPath);
        if (!ManifestReader.TryRead(manifestBytes, out manifest, out problem))
        {
            return false;
        }

        var signaturePath = Path.Combine(folder, PackageVerifier.SignatureName);
        if (sign is null && !File.Exists(signaturePath))
        {
            problem = new PackageProblem(folder, $"no {PackageVerifier.SignatureName} here; sign it with --key KEY, or before with openssl");
            return false;
        }

        problem = manifest.Files.Select(file => PackageFolder.Check(folder, file)).FirstOrDefault(fault => fault is not null);
        if (problem is not null)
        {
            return false;
        }

        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, PackageVerifier.ManifestName, manifestBytes);
        Add(archive, PackageVerifier.SignatureName, sign is null ? File.ReadAllBytes(signaturePath) : sign(manifestBytes));
        foreach (var file in manifest.Files)
        {
            using var from = File.OpenRead(Path.Combine(folder, file.Path));
            using var to = Create(archive, file.Path);
            from.CopyTo(to);
        }

        return true;
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var to = Create(archive, name);
        to.Write(bytes);
    }

    private static Stream Create(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Stamp;
        return entry.Open();
    }
}
