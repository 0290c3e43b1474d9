using System.Security.Cryptography;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Packages;

namespace EdgeAgent.Swapping;

/// <summary>Judges a file that was handed to the running agent by the rules of `model install`.</summary>
/// <param name="anomaly">The name of the anomaly package, of which two are in memory during a swap.</param>
internal sealed class PackageIntake(DeviceConfig config, PackageStore store, string? anomaly, Func<Moment> now)
{
    /// <returns>What it is, and the SHA-256 of the file; a proved package lies in its slot.</returns>
    /// <exception cref="IOException">The file cannot be read, or the disk does not take it.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task<(InstallResult Result, string Sha256)> ProveAsync(string file, CancellationToken cancellationToken)
    {
        string hash;
        await using (var stream = File.OpenRead(file))
        {
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        }

        if (!KeyFolder.TryRead(Keys, out var ring, out var problem))
        {
            return (new InstallResult(InstallVerdict.Refused, null, problem), hash);
        }

        using (ring)
        {
            return (await DeviceStore.Installer(store, ring, config, anomaly).ProveAsync(file, OperatorWord.None, now(), lastSynced: null, cancellationToken).ConfigureAwait(false), hash);
        }
    }

    /// <summary>A package of an earlier run, verified again. Does not throw.</summary>
    /// <returns>null if it is not what it was, or not trusted any more.</returns>
    public VerifiedPackage? Verify(string folder, out string? why)
    {
        if (!KeyFolder.TryRead(Keys, out var ring, out var problem))
        {
            why = problem.ToString();
            return null;
        }

        using (ring)
        {
            why = SlotCheck.TryVerify(folder, ring, out var package, out problem) ? null : problem.ToString();
            return package;
        }
    }

    /// <summary>Takes a proved package into use on the disk.</summary>
    /// <exception cref="IOException">The disk does not take it; what was in use stays in use.</exception>
    /// <exception cref="InvalidDataException">The trusted keys cannot be read any more.</exception>
    public void Activate(VerifiedPackage package, bool onProbation)
    {
        if (!KeyFolder.TryRead(Keys, out var ring, out var problem))
        {
            throw new InvalidDataException(problem.ToString());
        }

        using (ring)
        {
            DeviceStore.Installer(store, ring, config).Activate(package, onProbation);
        }
    }

    private string Keys => config.Resolve(config.Options.Models.Keys);
}
