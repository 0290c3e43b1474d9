using System.Security.Cryptography;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Packages;
using EdgeAgent.Tests.Storage.PowerLoss;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Packages;

/// <summary>
/// Kills and power cuts behind every call that changes something, from the copy of a package to its activation and its way back, and again
/// while what they left is tidied up. EDGEAGENT_INSTALLS=8 EDGEAGENT_POWER_CHANCES=12 by hand; by default a share of the images.
/// </summary>
public sealed class InstallPowerLossTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackageWorkshop _shop = new();

    public void Dispose()
    {
        _shop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_kill_or_power_cut_anywhere_in_an_installation_leaves_the_package_before_or_the_one_after_whole()
    {
        var seed = LongForm.Number("EDGEAGENT_SEED", Environment.TickCount & 0xFFFFFF);
        var installs = LongForm.Number("EDGEAGENT_INSTALLS", 0);
        var steps = installs > 0 ? installs : 3;
        var recorded = Path.Combine(_folder.Path, "data");
        Directory.CreateDirectory(recorded);
        var shop = InstallScenario.ShopOf(recorded);
        Stock(shop, steps);
        var made = Recording.Make("install", recorded, seed, steps);
        Assert.True(made.ExitCode == 0, $"seed {seed}: the recorded process ended with {made.ExitCode}: {made.Errors}");

        using var images = new FastFolder();
        var run = new PowerLossRun(
            new InstallScenario(shop), recorded, images.Path, seed, LongForm.Number("EDGEAGENT_POWER_CHANCES", 8), installs > 0 ? 1000 : 120);
        run.Replay(made.Operations);

        output.WriteLine($"installations, seed {seed}: {run.Summary}");
        Assert.True(run.Problems.Count == 0, $"seed {seed}: {run.Summary}\n{string.Join('\n', run.Problems.Take(30))}");
        Assert.True(run.Steps >= steps && run.Images > 50, $"seed {seed}: {run.Summary} proves little");
    }

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
