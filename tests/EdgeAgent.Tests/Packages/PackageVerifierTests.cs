using EdgeAgent.Core.ModelPackages.Archives;
using EdgeAgent.Packages;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Packages;

public sealed class PackageVerifierTests(ITestOutputHelper output) : IDisposable
{
    private readonly PackageWorkshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void An_honest_package_is_verified_and_its_files_come_out_as_they_went_in()
    {
        var written = new Dictionary<string, MemoryStream>();
        using var archive = new MemoryStream(_shop.Honest());
        using var ring = _shop.Ring();

        Assert.True(PackageVerifier.TryVerify(archive, ring, new ArchiveLimits(), (name, _) => written[name] = new MemoryStream(), out var package, out var problem), problem?.ToString());
        Assert.Equal(("process-anomaly", "plant.pem"), (package.Manifest.Name, package.KeyName));
        Assert.All(_shop.Files, file => Assert.Equal(file.Value, written[file.Key].ToArray()));
        Assert.Contains("manifest.sig", written.Keys);
    }

    [Fact]
    public void Every_archive_that_can_be_read_in_two_ways_is_refused_with_one_reason() => RefusesAll(HostileArchives.All(_shop));

    [Fact]
    public void Every_package_of_the_wrong_hand_or_with_a_wrong_manifest_is_refused_with_one_reason() => RefusesAll(HostileTrust.All(_shop));

    private void RefusesAll(IEnumerable<HostileCase> cases)
    {
        using var ring = _shop.Ring();
        var taken = new List<string>();
        var count = 0;
        foreach (var hostile in cases)
        {
            count++;
            var opened = new List<string>();
            using var archive = new MemoryStream(hostile.Bytes);
            var verified = PackageVerifier.TryVerify(
                archive,
                ring,
                new ArchiveLimits(),
                (name, _) =>
                {
                    opened.Add(name);
                    return new MemoryStream();
                },
                out _,
                out var problem);
            output.WriteLine($"{hostile.Name}: {problem}");
            if (verified || !problem!.ToString().Contains(hostile.Reason, StringComparison.Ordinal) || problem.ToString().Contains('\n', StringComparison.Ordinal)
                || opened.Any(name => !EntryName.IsSafe(name)))
            {
                taken.Add($"{hostile.Name}: {problem?.ToString() ?? "verified"}, expected: {hostile.Reason}");
            }
        }

        output.WriteLine($"{count} refused");
        Assert.True(taken.Count == 0, string.Join(Environment.NewLine, taken));
    }
}
