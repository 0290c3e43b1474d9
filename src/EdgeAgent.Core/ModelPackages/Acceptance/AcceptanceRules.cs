using System.Globalization;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.ModelPackages.Trust;

namespace EdgeAgent.Core.ModelPackages.Acceptance;

/// <summary>Whether a package that is genuine also fits this device, now.</summary>
public static class AcceptanceRules
{
    private const string Where = "manifest.json";
    private const string AnyTarget = "any";

    /// <param name="othersMegabytes">What the active models of other names take.</param>
    public static PackageProblem? FitFault(ModelManifest manifest, DeviceFacts device, int othersMegabytes) =>
        System.Version.Parse(manifest.MinAgent) > device.Agent
            ? new PackageProblem(Where, $"needs agent {manifest.MinAgent}; this is {device.Agent}")
        : !manifest.Targets.Any(target => target == AnyTarget || device.Targets.Contains(target, StringComparer.OrdinalIgnoreCase))
            ? new PackageProblem(Where, $"is made for {string.Join(", ", manifest.Targets)}; this device is {string.Join(", ", device.Targets)}")
        : manifest.Runtime.Opset > device.HighestOpset
            ? new PackageProblem(Where, $"needs ONNX opset {manifest.Runtime.Opset}; the runtime here knows up to {device.HighestOpset}")
        : !manifest.Runtime.Providers.Any(provider => device.Providers.Contains(provider, StringComparer.OrdinalIgnoreCase))
            ? new PackageProblem(Where, $"needs one of the providers {string.Join(", ", manifest.Runtime.Providers)}; here are {string.Join(", ", device.Providers)}")
        : manifest.Runtime.MemoryMegabytes + othersMegabytes > device.MemoryMegabytes
            ? new PackageProblem(Where, $"needs {manifest.Runtime.MemoryMegabytes} MB beside {othersMegabytes} MB of other models; this device gives models {device.MemoryMegabytes} MB")
        : null;

    /// <summary>
    /// A lower sequence than one that was taken before is refused. What a withdrawn key vouched for does not count: whoever
    /// stole it could otherwise have locked out every later package with one of the highest number.
    /// </summary>
    public static PackageProblem? SequenceFault(ModelManifest manifest, AcceptedSequence? highest, KeyRing ring) =>
        highest is null || ring.IsWithdrawn(highest.KeyId) || manifest.Sequence >= highest.Sequence ? null
        : new PackageProblem(Where, $"has sequence {manifest.Sequence}; this device has taken {highest.Sequence} of {manifest.Name} before, and takes no older one unasked");

    /// <summary>
    /// Expired only if that is certain: the clock is known to be right, or a time that once was known to be right lies
    /// behind the day already. A clock that was never set refuses nothing.
    /// </summary>
    /// <param name="lastSynced">The latest moment at which the clock was known to be right; null if it never was.</param>
    public static PackageProblem? ExpiryFault(ModelManifest manifest, Moment now, DateTimeOffset? lastSynced)
    {
        var certain = now.Synced ? now.At : lastSynced;
        return manifest.Expires is { } expires && certain >= expires
            ? new PackageProblem(Where, string.Create(CultureInfo.InvariantCulture, $"expired on {expires:yyyy-MM-dd HH:mm}Z; it is {certain:yyyy-MM-dd HH:mm}Z"))
            : null;
    }
}
