using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Core.ModelPackages.Trust;

/// <summary>The keys that a device trusts, and the ids of those that were withdrawn. A withdrawn key is worth nothing, wherever it lies.</summary>
public sealed class KeyRing(IReadOnlyList<PackageKey> keys, IReadOnlySet<string> withdrawn) : IDisposable
{
    public IReadOnlyList<PackageKey> Keys => keys;

    public bool IsWithdrawn(string keyId) => withdrawn.Contains(keyId);

    /// <param name="manifest">The manifest's bytes, which nobody has looked into yet.</param>
    public bool TryFindSigner(
        ReadOnlySpan<byte> manifest,
        ReadOnlySpan<byte> signature,
        [NotNullWhen(true)] out PackageKey? signer,
        [NotNullWhen(false)] out PackageProblem? problem)
    {
        signer = null;
        problem = null;
        foreach (var key in keys)
        {
            if (!key.Verifies(manifest, signature))
            {
                continue;
            }

            if (IsWithdrawn(key.Id))
            {
                problem = new PackageProblem("manifest.sig", $"is by the key {key.Name} ({key.Id[..16]}…), which was withdrawn");
                return false;
            }

            signer = key;
            return true;
        }

        problem = new PackageProblem("manifest.sig", keys.Count == 0
            ? "cannot be judged: there is no trusted key on this device"
            : $"is by none of the {keys.Count} trusted keys, or the manifest was changed after it was signed");
        return false;
    }

    public void Dispose()
    {
        foreach (var key in keys)
        {
            key.Dispose();
        }
    }
}
