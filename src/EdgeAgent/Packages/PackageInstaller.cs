using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.ModelPackages.Acceptance;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Core.ModelPackages.Trust;

namespace EdgeAgent.Packages;

/// <summary>
/// Takes a package file from wherever it lies to its place in use:
/// <code>
///  copy ─▶ verify ─▶ unpack ─▶ fits this device? ─▶ proof in a child ─▶ slot ─▶ active
/// </code>
/// Until the last arrow nothing that is in use has changed; the last one is a single rename.
/// </summary>
/// <param name="others">Megabytes that active models of other names take.</param>
internal sealed class PackageInstaller(
    PackageStore store, KeyRing ring, ArchiveLimits limits, DeviceFacts device, Func<string, int> others, PackageProver prover)
{
    /// <param name="allowOlder">An operator takes the responsibility for a lower sequence.</param>
    /// <param name="lastSynced">The latest moment at which the clock was known to be right; null if there was none.</param>
    /// <exception cref="IOException">The file cannot be read, or the disk does not take it; what was in use stays in use.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task<InstallResult> InstallAsync(string file, bool allowOlder, Moment now, DateTimeOffset? lastSynced, CancellationToken cancellationToken)
    {
        using var staged = new StagedPackage(store.NewStaging());
        try
        {
            return await JudgeAsync(file, staged, allowOlder, now, lastSynced, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            return Refused(null, new PackageProblem(file, e.Message));
        }
        finally
        {
            store.ClearStaging();
        }
    }

    private async Task<InstallResult> JudgeAsync(
        string file, StagedPackage staged, bool allowOlder, Moment now, DateTimeOffset? lastSynced, CancellationToken cancellationToken)
    {
        if (!PackageVerifier.TryVerify(staged.Copy(file, limits.TotalBytes), ring, limits, staged.Create, out var package, out var problem))
        {
            return Refused(null, problem);
        }

        var manifest = package.Manifest;
        var slots = store.Read(manifest.Name);
        var slot = PackageStore.SlotOf(manifest, package.Identity);
        if (slot == slots.Active)
        {
            return new InstallResult(InstallVerdict.AlreadyActive, package, null);
        }

        var older = AcceptanceRules.SequenceFault(manifest, slots.Highest, ring);
        problem = (allowOlder ? null : older)
            ?? AcceptanceRules.ExpiryFault(manifest, now, lastSynced)
            ?? AcceptanceRules.FitFault(manifest, device, others(manifest.Name));
        if (problem is not null)
        {
            return Refused(package, problem);
        }

        var proof = await prover.ProveAsync(staged.Unpacked, manifest, cancellationToken).ConfigureAwait(false);
        if (proof.Problem is not null)
        {
            return Refused(package, proof.Problem);
        }

        store.Keep(staged.Unpacked, package);
        store.Write(manifest.Name, new PackageSlots(slot, slots.Active, Highest(slots.Highest, package)));
        store.Prune(manifest.Name);
        return new InstallResult(InstallVerdict.Activated, package, null, proof.MedianMs, Older: older is not null);
    }

    private AcceptedSequence Highest(AcceptedSequence? before, VerifiedPackage package) =>
        before is not null && !ring.IsWithdrawn(before.KeyId) && before.Sequence > package.Manifest.Sequence ? before
            : new AcceptedSequence(package.Manifest.Sequence, package.KeyId);

    private static InstallResult Refused(VerifiedPackage? package, PackageProblem problem) => new(InstallVerdict.Refused, package, problem);
}
