using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.ModelPackages.Acceptance;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Packages;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Packages;

/// <summary>EDGEAGENT_MUTANTS=1000000 for the long form, EDGEAGENT_SEED for another run.</summary>
public sealed class PackageFuzzTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Mutants = LongForm.Number("EDGEAGENT_MUTANTS", 10_000);
    private static readonly int Seed = LongForm.Number("EDGEAGENT_SEED", 1);

    private readonly PackageWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void A_mutant_of_an_archive_is_refused_or_holds_the_very_files_that_were_signed()
    {
        using var ring = _shop.Ring();
        var honest = TinyModel.Pack(_shop);
        var files = Unpack(honest, ring, out _)!;
        var random = new Random(Seed);
        var taken = 0;
        for (var i = 0; i < Mutants; i++)
        {
            var found = Unpack(PackageMutants.Of(honest, random), ring, out var problem);
            Assert.Equal(found is null, problem is not null);
            if (found is not null)
            {
                taken++;
                Assert.Equal(files.Keys.Order(), found.Keys.Order());
                Assert.All(files, file => Assert.Equal(file.Value.ToArray(), found[file.Key].ToArray()));
            }
        }

        output.WriteLine($"{Mutants} mutants of an archive, seed {Seed}: {Mutants - taken} refused, {taken} with the files that were signed");
        Assert.InRange(taken, 0, Mutants / 20);
    }

    [Fact]
    public void A_mutant_of_a_manifest_is_read_or_refused_and_never_breaks_the_reader_or_the_rules()
    {
        var random = new Random(Seed);
        using var ring = _shop.Ring();
        var device = new DeviceFacts(new Version(0, 1, 0), ["linux-x64"], 25, ["cpu"], 4000);
        var now = new Moment(DateTimeOffset.UnixEpoch, Synced: true, TimeSpan.Zero);
        byte[][] honest = [.. new[] { "process-anomaly", "vibration-anomaly", "pump-language" }.Select(model => File.ReadAllBytes(Path.Combine(Repository.Root, "models", model, "manifest.json")))];
        var read = 0;
        for (var i = 0; i < Mutants; i++)
        {
            if (!ManifestReader.TryRead(PackageMutants.Of(honest[i % honest.Length], random), out var manifest, out var problem))
            {
                Assert.DoesNotContain('\n', problem.ToString());
                continue;
            }

            read++;
            _ = AcceptanceRules.FitFault(manifest, device, 100);
            _ = AcceptanceRules.SequenceFault(manifest, new AcceptedSequence(3, "k"), ring);
            _ = AcceptanceRules.ExpiryFault(manifest, now, null);
            Assert.True(EntryName.IsSafe(PackageStore.SlotOf(manifest, new ModelIdentity(manifest.Name, manifest.Version, new string('0', 64)))));
        }

        output.WriteLine($"{Mutants} mutants of a manifest, seed {Seed}: {read} read, {Mutants - read} refused");
        Assert.InRange(read, 1, Mutants - 1);
    }

    private static Dictionary<string, MemoryStream>? Unpack(byte[] bytes, Core.ModelPackages.Trust.KeyRing ring, out PackageProblem? problem)
    {
        using var archive = new MemoryStream(bytes);
        var files = new Dictionary<string, MemoryStream>();
        return PackageVerifier.TryVerify(archive, ring, new ArchiveLimits(), (name, _) => files[name] = new MemoryStream(), out _, out problem) ? files : null;
    }
}
