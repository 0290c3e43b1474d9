using EdgeAgent.Tests.Storage.PowerLoss;

namespace EdgeAgent.Tests.Packages;

/// <summary>
/// Starts on what a power cut left of an installation, and one more installation behind each. The power goes in the middle of these as well.
/// </summary>
/// <param name="shop">As that of <see cref="InstallScenario"/>; with the folder <see cref="Remains"/>.</param>
internal sealed class RecoveryScenario(string? shop) : IScenario
{
    /// <summary>In the shop: what was left, a folder each.</summary>
    public const string Remains = "remains";

    public void Work(string folder, Teller tell, Random random, int steps)
    {
        var mine = InstallScenario.ShopOf(folder);
        using var ring = InstallScenario.RingOf(mine);
        var newest = Directory.GetFiles(mine, "*.eapkg").Max(StringComparer.Ordinal)!;
        foreach (var left in Directory.GetDirectories(Path.Combine(mine, Remains)).Order(StringComparer.Ordinal))
        {
            tell.Pause();
            DiskImage.Read(left).Lay(folder);
            tell.Resume();
            tell.Is(InstallScenario.StateOf(folder, mine, out _));
            tell.Begin();
            InstallScenario.Recover(folder);
            tell.Is(InstallScenario.StateOf(folder, mine, out _));
            tell.Begin();
            InstallScenario.Install(folder, newest, ring);
            tell.Is(InstallScenario.StateOf(folder, mine, out _));
        }
    }

    public Finding Look(string folder, StoredState before, StoredState after) => new InstallScenario(shop).Look(folder, before, after);
}
