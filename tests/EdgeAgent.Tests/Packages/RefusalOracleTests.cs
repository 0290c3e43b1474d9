using System.Globalization;
using System.Runtime.InteropServices;
using EdgeAgent.Core.Detection;
using EdgeAgent.Inference.Anomaly;
using EdgeAgent.Packages;
using EdgeAgent.Tests.Storage.PowerLoss;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Packages;

/// <summary>What the system saw of packages that were refused: every call that changes a file, and every process that was started.</summary>
public sealed class RefusalOracleTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackageWorkshop _shop = new();

    public void Dispose()
    {
        _shop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Nothing_is_written_outside_staging_nothing_is_unpacked_or_started_before_the_signature_is_good_and_the_model_in_use_scores_the_same()
    {
        var data = Path.Combine(_folder.Path, "data");
        Directory.CreateDirectory(data);
        var (packages, unsigned) = Stock(InstallScenario.ShopOf(data));
        Install(data);
        var scores = Scores(data);

        var made = Recording.Make("refusals", data, seed: 1, steps: 1);

        Assert.True(made.ExitCode == 0, made.Errors);
        Assert.Equal(packages, made.Told.Count(line => line.StartsWith(RefusalScenario.Next, StringComparison.Ordinal)));
        Assert.Equal(0, made.Children);
        Assert.DoesNotContain(made.Elsewhere, path => path is not "/dev/null" && !path.StartsWith("/proc/self/", StringComparison.Ordinal));

        var (models, staging) = (Path.Combine(data, "models"), Path.Combine(data, "models", "staging"));
        var copy = Path.Combine(staging, "package.eapkg");
        var looksAtUnsigned = false;
        foreach (var operation in made.Operations)
        {
            if (operation is FileOperation.Told told)
            {
                looksAtUnsigned = unsigned.Contains(told.Line[RefusalScenario.Next.Length..]);
                continue;
            }

            if (PathOf(operation) is { } path)
            {
                Assert.True(path == models || path == staging || path.StartsWith(staging + "/", StringComparison.Ordinal), $"{operation}");
                Assert.True(!looksAtUnsigned || path == models || path == staging || path == copy, $"{operation} before the signature was good");
            }
        }

        Assert.Equal(scores, Scores(data));
        output.WriteLine($"{packages} packages refused, {unsigned.Count} of them for their signature; {made.Operations.Count} calls that change something");
        Assert.False(Directory.Exists(staging));
        Assert.True(packages > 200 && unsigned.Count >= 20, $"{packages} packages, {unsigned.Count} for their signature");
    }

    private void Install(string data)
    {
        var package = Path.Combine(_folder.Path, "in-use.eapkg");
        File.WriteAllBytes(package, TinyModel.Pack(_shop));
        using var ring = _shop.Ring();
        InstallScenario.Install(data, package, ring);
    }

    /// <summary>What the model in use says of the same thousand windows, byte by byte.</summary>
    private static byte[] Scores(string data)
    {
        var store = new PackageStore(data);
        Assert.True(OnnxAnomalyModel.TryLoad(store.FolderOf("tiny", store.Read("tiny").Active!), out var model, out var problem), problem?.ToString());
        using (model)
        {
            using var scorer = model.Open(new Baseline(new Dictionary<string, float[]> { ["b"] = [5] }), GraphParameters.None);
            var random = new Random(1);
            var channels = new float[1];
            float[] scores = [.. Enumerable.Range(0, 1000).SelectMany(_ => new[] { scorer.Score(Window(random), [1], hold: false, channels), channels[0] })];
            Assert.True(scores.Distinct().Count() > 900);
            return MemoryMarshal.AsBytes<float>(scores).ToArray();
        }
    }

    private static float[] Window(Random random) => [.. Enumerable.Range(0, 4).Select(_ => random.NextSingle())];

    private static string? PathOf(FileOperation operation) => operation switch
    {
        FileOperation.Create made => made.Path,
        FileOperation.MakeFolder made => made.Path,
        FileOperation.Rename renamed => renamed.To,
        FileOperation.Link linked => linked.To,
        FileOperation.Unlink removed => removed.Path,
        _ => null,
    };

    /// <returns>How many packages there are, and the files of those that no trusted key has signed, some of them with a manifest that is none.</returns>
    private (int Packages, HashSet<string> Unsigned) Stock(string shop)
    {
        _shop.WriteKeys(Path.Combine(shop, InstallScenario.Keys));
        byte[][] manifests = ["not json"u8.ToArray(), "null"u8.ToArray(), [], [0xFF, 0xFE, 0, 1], PackageWorkshop.Bytes(_shop.Manifest())[..300]];
        HostileCase[] strange = [.. manifests.Select((manifest, i) =>
            new HostileCase($"{i}", new ForgedArchive(_shop.Entries(manifest, key: _shop.Stranger)).Build(), HostileTrust.NoneOf))];
        HostileCase[] all = [.. strange, .. HostileTrust.All(_shop), .. HostileArchives.All(_shop)];
        var unsigned = new HashSet<string>();
        for (var i = 0; i < all.Length; i++)
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"{i:0000}.eapkg");
            File.WriteAllBytes(Path.Combine(shop, file), all[i].Bytes);
            if (all[i].Reason == HostileTrust.NoneOf)
            {
                unsigned.Add(file);
            }
        }

        return (all.Length, unsigned);
    }
}
