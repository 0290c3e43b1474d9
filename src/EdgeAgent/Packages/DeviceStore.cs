using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using EdgeAgent.Configuration;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.ModelPackages.Acceptance;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Core.ModelPackages.Trust;
using EdgeAgent.Inference;
using EdgeAgent.Inference.Packages;

namespace EdgeAgent.Packages;

/// <summary>What a device is to its packages, put together for the commands and the running agent.</summary>
internal static class DeviceStore
{
    private static readonly TimeSpan ProofPatience = TimeSpan.FromSeconds(120);

    public static DeviceFacts Facts(DeviceConfig? config) => new(
        Version.Parse(AgentVersion.Text.Split('-')[0]),
        [$"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", .. config is null ? (string[])[] : [config.Options.Machine.Type.ToLowerInvariant().Replace(' ', '-')]],
        RuntimeFacts.HighestOpset,
        RuntimeFacts.Providers(),
        (int)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 21));

    /// <param name="twice">The name of which two packages are in memory while one takes the place of the other; null if no agent runs.</param>
    public static PackageInstaller Installer(PackageStore store, KeyRing ring, DeviceConfig? config, string? twice = null) => new(
        store, ring, new ArchiveLimits(), Facts(config), name => MegabytesBeside(store, name, counted: name == twice), new PackageProver(Children.OwnProgram.Find(), ProofPatience, TimeProvider.System));

    /// <summary>What the active packages of other names say that they take.</summary>
    /// <param name="counted">That of this name counts too.</param>
    private static int MegabytesBeside(PackageStore store, string name, bool counted) => store.Names().Where(other => counted || other != name)
        .Select(other => store.Read(other).Active is { } slot && TryOpen(store.FolderOf(other, slot), out var manifest) ? manifest.Runtime.MemoryMegabytes : 0)
        .Sum();

    private static bool TryOpen(string folder, [NotNullWhen(true)] out ModelManifest? manifest)
    {
        manifest = PackageFolder.TryOpen(folder, kind: null, out var package, out _) ? package.Manifest : null;
        return manifest is not null;
    }
}
