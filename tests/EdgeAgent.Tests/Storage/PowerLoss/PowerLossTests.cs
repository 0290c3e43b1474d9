using Xunit.Abstractions;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>
/// A process of its own works on the stores under strace. From what was recorded, the disk is rebuilt as a power cut behind
/// every operation could leave it, and opened: nothing that was acknowledged is missing.
/// EDGEAGENT_POWER_STEPS=300 EDGEAGENT_POWER_CHANCES=12 looks at every image by hand; by default a short recording, and a share of them.
/// </summary>
public sealed class PowerLossTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("outbox", 40, 60)]
    [InlineData("alarms", 30, 30)]
    [InlineData("commands", 30, 60)]
    [InlineData("files", 40, 300)]
    public void A_power_cut_behind_any_write_or_fsync_loses_nothing_that_was_acknowledged(string name, int shortSteps, int shortShare)
    {
        var seed = LongForm.Number("EDGEAGENT_SEED", Environment.TickCount & 0xFFFFFF);
        var steps = LongForm.Number("EDGEAGENT_POWER_STEPS", 0);
        var recorded = _folder.Path + "/recorded";
        Directory.CreateDirectory(recorded);
        var made = Recording.Make(name, recorded, seed, steps > 0 ? steps : shortSteps);
        Assert.True(made.ExitCode == 0, $"seed {seed}: the recorded process ended with {made.ExitCode}: {made.Errors}");

        using var images = new FastFolder();
        var run = new PowerLossRun(
            Scenarios.Find(name)!, recorded, images.Path, seed, LongForm.Number("EDGEAGENT_POWER_CHANCES", 8), steps > 0 ? 1000 : shortShare);
        run.Replay(made.Operations);

        output.WriteLine($"power cuts, {name}, seed {seed}: {run.Summary}");
        Assert.True(run.Problems.Count == 0, $"{name}, seed {seed}: {run.Summary}\n{string.Join('\n', run.Problems.Take(30))}");
        Assert.True(run.Steps > (steps > 0 ? steps : shortSteps) / 2 && run.Images > 50, $"seed {seed}: {run.Summary} proves little");
    }
}
