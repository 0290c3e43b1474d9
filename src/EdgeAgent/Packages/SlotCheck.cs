using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Core.ModelPackages.Trust;
using EdgeAgent.Inference.Packages;

namespace EdgeAgent.Packages;

/// <summary>Verifies an installed package again, from the signature to every file's hash: at each start, and before a rollback.</summary>
internal static class SlotCheck
{
    private static readonly ArchiveLimits Limits = new();

    /// <summary>Does not throw.</summary>
    public static bool TryVerify(
        string folder, KeyRing ring, [NotNullWhen(true)] out VerifiedPackage? package, [NotNullWhen(false)] out PackageProblem? problem)
    {
        package = null;
        try
        {
            if (!TryReadSmall(Path.Combine(folder, PackageVerifier.ManifestName), Limits.ManifestBytes, out var manifest, out problem)
                || !TryReadSmall(Path.Combine(folder, PackageVerifier.SignatureName), Limits.SignatureBytes, out var signature, out problem)
                || !ring.TryFindSigner(manifest, signature, out var signer, out problem)
                || !PackageFolder.TryOpen(folder, kind: null, out var opened, out problem))
            {
                return false;
            }

            package = new VerifiedPackage(opened.Manifest, opened.Identity, signer.Id, signer.Name);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = new PackageProblem(folder, e.Message);
            return false;
        }
    }

    private static bool TryReadSmall(string path, long most, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out PackageProblem? problem)
    {
        var info = new FileInfo(path);
        bytes = info.Exists && info.Length <= most ? File.ReadAllBytes(path) : null;
        problem = bytes is not null ? null : new PackageProblem(path, info.Exists ? $"{info.Length} bytes; allowed: up to {most}" : "missing");
        return bytes is not null;
    }
}
