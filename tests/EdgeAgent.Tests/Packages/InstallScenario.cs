using System.Globalization;
using EdgeAgent.Children;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.ModelPackages.Acceptance;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Core.ModelPackages.Trust;
using EdgeAgent.Inference;
using EdgeAgent.Inference.Packages;
using EdgeAgent.Packages;
using EdgeAgent.Tests.Storage.PowerLoss;

namespace EdgeAgent.Tests.Packages;

/// <summary>
/// Packages that are installed one after the other, taken on probation and taken back. Wherever the power goes, the device runs a package
/// that verifies from its signature to its last byte: the one before or the one after.
/// </summary>
/// <param name="shop">The folder with the packages, the keys and the package that came with the device.</param>
internal sealed class InstallScenario(string? shop) : IScenario
{
    public const string Keys = "keys";
    public const string Shipped = "shipped";

    private static readonly Moment Now = new(ManualTime.Start, Synced: true, TimeSpan.FromHours(1));
    private static readonly DeviceFacts Device = new(new Version(0, 1, 0), ["linux-x64"], RuntimeFacts.HighestOpset, RuntimeFacts.Providers(), 4000);

    /// <summary>Where a recorded process, which is told its folder alone, finds the shop.</summary>
    public static string ShopOf(string folder) => folder + ".shop";

    /// <summary>The package with which a step begins.</summary>
    public static string Package(int step) => string.Create(CultureInfo.InvariantCulture, $"{step:00}.eapkg");

    public void Work(string folder, Teller tell, Random random, int steps)
    {
        var mine = ShopOf(folder);
        var ring = RingOf(mine);
        tell.Is(StateOf(folder, mine, out _));
        for (var step = 0; step < steps; step++)
        {
            tell.Begin();
            var package = Path.Combine(mine, Package(step));
            if (random.Next(3) == 0)
            {
                var installer = Installer(folder, ring);
                var proved = installer.ProveAsync(package, OperatorWord.None, Now, lastSynced: null, CancellationToken.None).GetAwaiter().GetResult();
                Expect(proved.Verdict == InstallVerdict.Proved, proved);
                tell.Is(StateOf(folder, mine, out _));
                tell.Begin();
                installer.Activate(proved.Package!, onProbation: true);
                tell.Is(StateOf(folder, mine, out _));
                tell.Begin();
                var store = new PackageStore(folder);
                store.Write("tiny", store.Read("tiny").GoBack(refuse: true));
                store.Prune("tiny");
            }
            else
            {
                Install(folder, package, ring);
            }

            tell.Is(StateOf(folder, mine, out _));
        }
    }

    public Finding Look(string folder, StoredState before, StoredState after)
    {
        Recover(folder);
        var state = StateOf(folder, shop!, out var problem);
        return new Finding(state, problem);
    }

    /// <summary>What a start does before anything is installed.</summary>
    public static void Recover(string folder)
    {
        var store = new PackageStore(folder);
        new BootGuard(store).Pass();
        store.TidyUp();
    }

    public static void Install(string folder, string package, KeyRing ring)
    {
        var installed = Installer(folder, ring).InstallAsync(package, OperatorWord.None, Now, lastSynced: null, CancellationToken.None).GetAwaiter().GetResult();
        Expect(installed.Verdict == InstallVerdict.Activated, installed);
    }

    public static PackageInstaller Installer(string folder, KeyRing ring) => new(
        new PackageStore(folder), ring, new ArchiveLimits(), Device, _ => 0,
        new PackageProver(new OwnProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "edgeagent.dll")]), TimeSpan.FromMinutes(2), TimeProvider.System));

    public static KeyRing RingOf(string shop) => KeyFolder.TryRead(Path.Combine(shop, Keys), out var ring, out var problem) ? ring : throw new InvalidOperationException(problem.ToString());

    /// <summary>Which package the device runs.</summary>
    public static StoredState StateOf(string folder, string shop, out string? problem)
    {
        var active = new ActivePackages(folder, Path.Combine(shop, Keys)).FolderFor(Path.Combine(shop, Shipped), out var passedOver);
        var state = new StoredState();
        var whole = PackageFolder.TryOpen(active, kind: null, out var package, out var broken);
        problem = passedOver.Count > 0 ? passedOver[0].ToString() : whole ? null : broken!.ToString();
        state.Prints["active"] = whole ? package!.Identity.Sha256[..12] : "none";
        return state;
    }

    private static void Expect(bool right, InstallResult result)
    {
        if (!right)
        {
            throw new InvalidOperationException($"{result.Verdict}: {result.Problem}");
        }
    }
}
