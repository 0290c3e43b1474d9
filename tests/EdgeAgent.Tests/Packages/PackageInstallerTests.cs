using System.Security.Cryptography;
using EdgeAgent.Children;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.ModelPackages.Acceptance;
using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Core.ModelPackages.Trust;
using EdgeAgent.Inference;
using EdgeAgent.Packages;
using EdgeAgent.Tests.Pipeline;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Packages;

/// <summary>From a file to the active package, with the real child process.</summary>
public sealed class PackageInstallerTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Moment Now = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), Synced: true, TimeSpan.FromMinutes(1));

    private readonly TemporaryFolder _folder = new();
    private readonly PackageWorkshop _shop = new();

    private string? _disk;

    private string Data => Path.Combine(_disk ?? _folder.Path, "data");

    private PackageStore Store => new(Data);

    public void Dispose()
    {
        _shop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_package_becomes_the_active_one_and_the_same_again_is_no_work()
    {
        using var ring = _shop.Ring();
        var first = await InstallAsync(ring, TinyModel.Pack(_shop));
        Assert.Equal((InstallVerdict.Activated, null), (first.Verdict, first.Problem?.ToString()));
        Assert.InRange(first.MedianMs, 0.0001, 200);
        var slot = Store.Read("tiny").Active!;
        Assert.True(SlotCheck.TryVerify(Store.FolderOf("tiny", slot), ring, out _, out var problem), problem?.ToString());
        Assert.False(Directory.Exists(Path.Combine(Data, "models", "staging")));

        Assert.Equal(InstallVerdict.AlreadyActive, (await InstallAsync(ring, TinyModel.Pack(_shop))).Verdict);
    }

    [Fact]
    public async Task An_older_sequence_is_taken_only_if_an_operator_says_so_and_does_not_lower_what_counts()
    {
        using var ring = _shop.Ring();
        await InstallAsync(ring, Sequence(5));
        var older = await InstallAsync(ring, Sequence(4));
        Assert.Equal(InstallVerdict.Refused, older.Verdict);
        Assert.Contains("has sequence 4; this device has taken 5", older.Problem!.What, StringComparison.Ordinal);

        var forced = await InstallAsync(ring, Sequence(4), allowOlder: true);
        Assert.Equal((InstallVerdict.Activated, true), (forced.Verdict, forced.Older));
        Assert.Equal(5, Store.Read("tiny").Highest!.Sequence);
        Assert.Equal(InstallVerdict.Refused, (await InstallAsync(ring, Sequence(3))).Verdict);
        Assert.Equal(InstallVerdict.Activated, (await InstallAsync(ring, Sequence(6))).Verdict);
    }

    [Fact]
    public async Task What_a_key_vouched_for_before_it_was_withdrawn_locks_nobody_out()
    {
        using (var trusting = new KeyRing(_shop.Ring().Keys, new HashSet<string>()))
        {
            var manifest = Made(int.MaxValue);
            var stolen = await InstallAsync(trusting, new ForgedArchive(_shop.Entries(manifest.Manifest, manifest.Files, _shop.Withdrawn)).Build());
            Assert.True(stolen.Verdict == InstallVerdict.Activated, stolen.Problem?.ToString());
        }

        using var ring = _shop.Ring();
        Assert.Equal(InstallVerdict.Activated, (await InstallAsync(ring, Sequence(2))).Verdict);
        Assert.Equal(2, Store.Read("tiny").Highest!.Sequence);
    }

    [Fact]
    public async Task Every_hostile_model_is_refused_with_one_reason_and_changes_nothing()
    {
        using var ring = _shop.Ring();
        Assert.Equal(InstallVerdict.Activated, (await InstallAsync(ring, Sequence(1))).Verdict);
        var before = Snapshot();
        var wrong = new List<string>();
        var count = 0;
        foreach (var hostile in HostileGraphs.All(_shop))
        {
            count++;
            var result = await InstallAsync(ring, hostile.Bytes);
            output.WriteLine($"{hostile.Name}: {result.Problem}");
            if (result.Verdict != InstallVerdict.Refused || !result.Problem!.ToString().Contains(hostile.Reason, StringComparison.Ordinal) || result.Problem.ToString().Contains('\n', StringComparison.Ordinal))
            {
                wrong.Add($"{hostile.Name}: {result.Verdict} {result.Problem}, expected: {hostile.Reason}");
            }
        }

        output.WriteLine($"{count} refused");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.Equal(before, Snapshot());
    }

    [SmallDiskFact]
    public async Task A_package_for_which_the_disk_has_no_room_is_refused_before_anything_of_it_is_written()
    {
        using var disk = SmallDisk.Mount(megabytes: 70);
        _disk = disk.Path;
        using var ring = _shop.Ring();

        var large = await InstallAsync(ring, TinyModel.Pack(_shop, more: [new("notes.txt", RandomNumberGenerator.GetBytes(5 << 20))]));

        Assert.Equal(InstallVerdict.Refused, large.Verdict);
        Assert.Equal("needs 74 MB on the disk of this device to be tried; 70 MB are free", large.Problem!.What);
        Assert.Empty(Directory.GetFiles(disk.Path, "*", SearchOption.AllDirectories));
        Assert.Equal(InstallVerdict.Activated, (await InstallAsync(ring, Sequence(1))).Verdict);
    }

    private byte[] Sequence(long sequence) => TinyModel.Pack(_shop, change: manifest => manifest["sequence"] = sequence);

    private (byte[] Manifest, IEnumerable<KeyValuePair<string, byte[]>> Files) Made(long sequence)
    {
        using var archive = new MemoryStream(Sequence(sequence));
        using var ring = _shop.Ring();
        var files = new Dictionary<string, MemoryStream>();
        PackageVerifier.TryVerify(archive, ring, new ArchiveLimits(), (name, _) => files[name] = new MemoryStream(), out _, out _);
        return (files["manifest.json"].ToArray(), files.Where(file => !file.Key.StartsWith("manifest.", StringComparison.Ordinal)).Select(file => KeyValuePair.Create(file.Key, file.Value.ToArray())));
    }

    private string[] Snapshot() =>
    [
        .. Directory.GetFiles(Data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];

    private async Task<InstallResult> InstallAsync(KeyRing ring, byte[] package, bool allowOlder = false)
    {
        var file = Path.Combine(_folder.Path, "package.eapkg");
        await File.WriteAllBytesAsync(file, package);
        Directory.CreateDirectory(Data);
        var prover = new PackageProver(new OwnProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "edgeagent.dll")]), TimeSpan.FromSeconds(20), TimeProvider.System);
        var device = new DeviceFacts(new Version(0, 1, 0), ["linux-x64"], RuntimeFacts.HighestOpset, RuntimeFacts.Providers(), 4000);
        return await new PackageInstaller(Store, ring, new ArchiveLimits(), device, _ => 0, prover).InstallAsync(file, allowOlder ? OperatorWord.Older : OperatorWord.None, Now, null, CancellationToken.None);
    }
}
