using System.Globalization;
using Xunit.Abstractions;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>
/// Single calls to the disk fail, with EIO or ENOSPC, now and then or many in a row. The store does not crash, goes on when they
/// succeed again, and has all that it acknowledged; also if the power goes at any time, when a failed fsync is one that wrote nothing and
/// never will. EDGEAGENT_BAD_CALLS=1000 by hand; every run fails elsewhere unless EDGEAGENT_SEED says where.
/// </summary>
public sealed class BadDiskTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Calls = ["pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "openat", "pwrite64,fsync,fdatasync"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Calls_that_fail_cost_nothing_that_was_acknowledged_and_the_store_goes_on_by_itself()
    {
        var seed = LongForm.Number("EDGEAGENT_SEED", Environment.TickCount & 0xFFFFFF);
        var wanted = LongForm.Number("EDGEAGENT_BAD_CALLS", 25);
        var random = new Random(seed);
        int failed = 0, refused = 0, processes = 0, images = 0;
        while (failed < wanted)
        {
            Assert.True(processes < 10 + wanted, $"seed {seed}: only {failed} calls failed in {processes} processes");
            var folder = Path.Combine(_folder.Path, $"{processes}");
            Directory.CreateDirectory(folder);
            var calls = Calls[(processes + seed) % Calls.Length];
            processes++;
            var inject = $"{calls}:error={(random.Next(2) == 0 ? "EIO" : "ENOSPC")}:when={When(calls, random)}";
            var made = Recording.Make("bad-disk", folder, random.Next(), 60, inject, calls is "openat" ? FilesIn(folder) : null);
            var context = $"seed {seed}, process {processes}, {inject}, {made.Injected} failed";
            Assert.True(made.ExitCode == 0, $"{context}: ended with {made.ExitCode}: {made.Errors}");
            failed += made.Injected;
            refused += int.Parse(made.Told[^1].Split(' ')[1], CultureInfo.InvariantCulture);

            var last = StoredState.Parse(made.Told.Last(line => line.StartsWith("is ", StringComparison.Ordinal))[3..]);
            var found = new BadDiskScenario(told: []).Look(folder, last, last);
            Assert.True((found.Problem ?? found.State.DifferenceTo(last)) is null, $"{context}: {found.Problem ?? found.State.DifferenceTo(last)}");
            Assert.False(found.Salvaged, $"{context}: the outbox was taken for damaged");
            images += calls == "openat" ? 0 : CutPower(made, folder, random.Next(), context);
        }

        output.WriteLine($"bad calls, seed {seed}: {failed} failed in {processes} processes, {refused} refusals told, {images} power cuts on the way");
        Assert.True(refused > 0, $"seed {seed}: {failed} calls failed and nothing was ever refused");
    }

    private static int CutPower(RecordedProcess made, string folder, int seed, string context)
    {
        using var images = new FastFolder();
        var run = new PowerLossRun(new BadDiskScenario(made.Told), folder, images.Path, seed, chances: 4, share: 4);
        run.Replay(made.Operations);
        Assert.True(run.Problems.Count == 0, $"{context}: {run.Summary}\n{string.Join('\n', run.Problems.Take(30))}");
        return run.Images;
    }

    /// <summary>Now and then, rarely enough that what is tried again gets through; or for a while without a pause.</summary>
    private static string When(string calls, Random random)
    {
        var first = 1 + random.Next(60);
        return random.Next(2) == 0 ? $"{first}..{first + 5 + random.Next(40)}"
            : $"{first}+{(calls.StartsWith("pwrite64", StringComparison.Ordinal) ? 60 + random.Next(60) : 7 + random.Next(8))}";
    }

    private static List<string> FilesIn(string folder) => [.. new[] { "outbox.db", "alarms.db", "commands.db" }
        .SelectMany(name => new[] { name, name + "-wal", name + "-journal" }).Append("outbox.seq").Select(name => Path.Combine(folder, name))];
}
