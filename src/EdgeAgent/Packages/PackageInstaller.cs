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
/// Until the last arrow nothing that is in use has changed; the last one is a single rename. A running agent goes the last step by
/// itself, after the model has run beside the one in use.
/// </summary>
/// <param name="others">Megabytes that active models of other names take.</param>
internal sealed class PackageInstaller(
    PackageStore store, KeyRing ring, ArchiveLimits limits, DeviceFacts device, Func<string, int> others, PackageProver prover)
{
    /// <summary>All of it, for an agent that does not run.</summary>
    /// <param name="word">What an operator takes the responsibility for.</param>
    /// <param name="lastSynced">The latest moment at which the clock was known to be right; null if there was none.</param>
    /// <exception cref="IOException">The file cannot be read, or the disk does not take it; what was in use stays in use.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task<InstallResult> InstallAsync(string file, OperatorWord word, Moment now, DateTimeOffset? lastSynced, CancellationToken cancellationToken)
    {
        var proved = await ProveAsync(file, word, now, lastSynced, cancellationToken).ConfigureAwait(false);
        if (proved.Verdict != InstallVerdict.Proved)
        {
            return proved;
        }

        Activate(proved.Package!, onProbation: false);
        return proved with { Verdict = InstallVerdict.Activated };
    }

    /// <summary>Up to the slot, which is not in use yet; parameters and exceptions as those of <see cref="InstallAsync"/>.</summary>
    public async Task<InstallResult> ProveAsync(string file, OperatorWord word, Moment now, DateTimeOffset? lastSynced, CancellationToken cancellationToken)
    {
        using var staged = new StagedPackage(store.NewStaging());
        try
        {
            return await JudgeAsync(file, staged, word, now, lastSynced, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Takes a proved package into use with a single rename.</summary>
    /// <exception cref="IOException">The disk does not take it; what was in use stays in use.</exception>
    public void Activate(VerifiedPackage package, bool onProbation)
    {
        var name = package.Manifest.Name;
        var slots = store.Read(name);
        store.Write(name, slots.Activate(PackageStore.SlotOf(package.Manifest, package.Identity), Highest(slots.Highest, package), onProbation));
        store.Prune(name);
    }

    private async Task<InstallResult> JudgeAsync(
        string file, StagedPackage staged, OperatorWord word, Moment now, DateTimeOffset? lastSynced, CancellationToken cancellationToken)
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
        problem = (word.HasFlag(OperatorWord.Older) ? null : older)
            ?? (!word.HasFlag(OperatorWord.Again) && slots.IsRefused(slot) ? WentBack(manifest) : null)
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
        return new InstallResult(InstallVerdict.Proved, package, null, proof.MedianMs, Older: older is not null);
    }

    private AcceptedSequence Highest(AcceptedSequence? before, VerifiedPackage package) =>
        before is not null && !ring.IsWithdrawn(before.KeyId) && before.Sequence > package.Manifest.Sequence ? before
            : new AcceptedSequence(package.Manifest.Sequence, package.KeyId);

    private static PackageProblem WentBack(ModelManifest manifest) => new(
        PackageVerifier.ManifestName, $"this device went back from {manifest.Name} {manifest.Version} before, and does not take it again unless an operator says so (model install --again)");

    private static InstallResult Refused(VerifiedPackage? package, PackageProblem problem) => new(InstallVerdict.Refused, package, problem);
}
