using System.Security.Cryptography;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Packages;
using EdgeAgent.Tests.Storage.PowerLoss;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Packages;

/// <summary>
/// Kills and power cuts behind every call that changes something, from the copy of a package to its activation and its way back, and again
/// while what they left is tidied up. EDGEAGENT_INSTALLS=8 by hand; by default a share of the images.
/// </summary>
public sealed class InstallPowerLossTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackageWorkshop _shop = new();
    private int _passed;

    public void Dispose()
    {
        _shop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_kill_or_power_cut_anywhere_in_an_installation_or_in_the_start_after_one_leaves_the_package_before_or_the_one_after_whole()
    {
        var seed = LongForm.Number("EDGEAGENT_SEED", Environment.TickCount & 0xFFFFFF);
        var installs = LongForm.Number("EDGEAGENT_INSTALLS", 0);
        var (steps, recoveries, share) = installs > 0 ? (installs, 5 * installs, 1000) : (3, 3, 120);
        var (first, again) = (Folder("first"), Folder("again"));
        var shop = InstallScenario.ShopOf(first);
        Stock(shop, steps + 1);
        var remains = new List<DiskImage>();
        var random = new Random(seed);
        Run("install", first, steps, image => Sample(remains, recoveries, image, random));

        Directory.Move(shop, InstallScenario.ShopOf(again));
        for (var i = 0; i < remains.Count; i++)
        {
            remains[i].Lay(Path.Combine(InstallScenario.ShopOf(again), RecoveryScenario.Remains, $"{i:000}"));
        }

        Run("recovery", again, steps: 2 * remains.Count, laid: null);

        void Run(string name, string recorded, int steps, Action<DiskImage>? laid)
        {
            var made = Recording.Make(name, recorded, seed, steps);
            Assert.True(made.ExitCode == 0, $"seed {seed}: the recorded process ended with {made.ExitCode}: {made.Errors}");
            using var images = new FastFolder();
            var scenario = new InstallScenario(InstallScenario.ShopOf(recorded));
            var run = new PowerLossRun(scenario, recorded, images.Path, seed, LongForm.Number("EDGEAGENT_POWER_CHANCES", 8), share) { Laid = laid };
            run.Replay(made.Operations);

            output.WriteLine($"{name}, seed {seed}: {run.Summary}");
            Assert.True(run.Problems.Count == 0, $"{name}, seed {seed}: {run.Summary}\n{string.Join('\n', run.Problems.Take(30))}");
            Assert.True(run.Steps >= steps && run.Images > 50, $"{name}, seed {seed}: {run.Summary} proves little");
        }
    }

    /// <summary>Each of all images has the same chance to be kept, however many will come.</summary>
    private void Sample(List<DiskImage> kept, int most, DiskImage image, Random random)
    {
        if (kept.Count < most)
        {
            kept.Add(image);
        }
        else if (random.Next(++_passed + most) is var place && place < most)
        {
            kept[place] = image;
        }
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;

    /// <summary>The package that came with the device, and one for each step, each with a folder of its own inside.</summary>
    private void Stock(string shop, int steps)
    {
        _shop.WriteKeys(Path.Combine(shop, InstallScenario.Keys));
        for (var step = 0; step < steps; step++)
        {
            var sequence = step + 2;
            File.WriteAllBytes(
                Path.Combine(shop, InstallScenario.Package(step)),
                TinyModel.Pack(_shop, change: manifest => manifest["sequence"] = sequence, more: [new("notes/data/origin.txt", RandomNumberGenerator.GetBytes(5000))]));
        }

        using var shipped = new MemoryStream(TinyModel.Pack(_shop));
        using var ring = InstallScenario.RingOf(shop);
        var folder = Path.Combine(shop, InstallScenario.Shipped);
        Assert.True(
            PackageVerifier.TryVerify(shipped, ring, new ArchiveLimits(), (name, _) => Create(Path.Combine(folder, name)), out _, out var problem), problem?.ToString());
    }

    private static FileStream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.Create(path);
    }
}
