using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using EdgeAgent.Core.ModelPackages;

namespace EdgeAgent.Inference.Packages;

/// <summary>Opens an installed package: the manifest first, then every file's size and hash, before anything is parsed.</summary>
public static class PackageFolder
{
    public const string ManifestFile = "manifest.json";
    private const long LargestManifest = 1 << 20;

    /// <param name="kind">"anomaly" or "language": what the caller can use; null = both.</param>
    public static bool TryOpen(
        string folder,
        string? kind,
        [NotNullWhen(true)] out ModelPackage? package,
        [NotNullWhen(false)] out PackageProblem? problem)
    {
        package = null;
        try
        {
            problem = Open(folder, kind, out package);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = new PackageProblem(folder, e.Message);
        }

        return problem is null && package is not null;
    }

    /// <summary>What the package calls itself, without checking any file. Does not throw.</summary>
    public static bool TryReadName(string folder, [NotNullWhen(true)] out string? name)
    {
        name = null;
        try
        {
            var path = Path.Combine(folder, ManifestFile);
            if (File.Exists(path) && new FileInfo(path).Length <= LargestManifest && ManifestReader.TryRead(File.ReadAllBytes(path), out var manifest, out _))
            {
                name = manifest.Name;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever opens the package says so.
        }

        return name is not null;
    }

    private static PackageProblem? Open(string folder, string? kind, out ModelPackage? package)
    {
        package = null;
        var manifestPath = Path.Combine(folder, ManifestFile);
        if (!File.Exists(manifestPath))
        {
            return new PackageProblem(folder, $"no {ManifestFile} here; a package folder is needed");
        }

        if (new FileInfo(manifestPath).Length > LargestManifest)
        {
            return new PackageProblem(manifestPath, $"larger than {LargestManifest} bytes");
        }

        var bytes = File.ReadAllBytes(manifestPath);
        if (!ManifestReader.TryRead(bytes, out var manifest, out var problem))
        {
            return problem with { Where = manifestPath };
        }

        if (kind is not null && manifest.Kind != kind)
        {
            return new PackageProblem(manifestPath, $"kind is {manifest.Kind}; {kind} is needed here");
        }

        if (manifest.Files.Select(file => Check(folder, file)).FirstOrDefault(found => found is not null) is { } broken)
        {
            return broken;
        }

        package = new ModelPackage(folder, manifest, new ModelIdentity(manifest.Name, manifest.Version, Hex(SHA256.HashData(bytes))));
        return null;
    }

    /// <summary>Whether a file of the package has the size and hash that the manifest states.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PackageProblem? Check(string folder, ModelFile file)
    {
        var path = Path.Combine(folder, file.Path);
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            return new PackageProblem(path, "missing; the manifest lists it");
        }

        if (info.Length != file.Size)
        {
            return new PackageProblem(path, $"{info.Length} bytes; the manifest says {file.Size}");
        }

        using var stream = info.OpenRead();
        var hash = Hex(SHA256.HashData(stream));
        return hash == file.Sha256 ? null : new PackageProblem(path, $"SHA-256 is {hash}; the manifest says {file.Sha256}");
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
