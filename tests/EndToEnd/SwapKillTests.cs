using EdgeAgent.Tests;

namespace EdgeAgent.EndToEnd;

/// <summary>SIGKILL at any moment between the drop and the end of a swap.</summary>
public sealed class SwapKillTests : IDisposable
{
    private readonly SwapBench _swaps = new();

    public void Dispose() => _swaps.Dispose();

    [Fact]
    public async Task Every_start_after_a_kill_runs_a_whole_package_with_its_calibration_and_the_swap_comes_to_its_end()
    {
        var kills = LongForm.Number("EDGEAGENT_SWAP_KILLS", otherwise: 6);
        string[] packages = [await _swaps.Shop.VersionAsync("0.2.1", 3, "0.2.0", "0.2.2"), await _swaps.Shop.VersionAsync("0.2.2", 3, "0.2.0", "0.2.1")];
        await _swaps.Bench.CalibrateAsync();
        _swaps.Configure(SwapBench.Healthy(speed: 20), port: null, shadowMinutes: 0, probationMinutes: 0);
        var random = new Random(17);
        for (var i = 0; i < kills; i++)
        {
            await using var agent = _swaps.Start();
            await agent.WaitForLineAsync("Using calibration");
            Assert.DoesNotContain(agent.Lines, line => line.Contains("passed over", StringComparison.Ordinal) || line.Contains("uncalibrated", StringComparison.Ordinal));
            _swaps.Shop.Drop(packages[i % 2], $"kill-{i}");

            // A proof takes a second or so, and the swap itself milliseconds after it: aim at both.
            if (i % 2 == 0)
            {
                await Task.Delay(random.Next(1500));
            }
            else
            {
                await agent.WaitForLineAsync("decides from now on");
            }

            await agent.KillAsync();
        }

        await using var last = _swaps.Start();
        await last.WaitForLineAsync("Using calibration");
        _swaps.Shop.Drop(packages[0], "last");
        await last.WaitForLineAsync("Package last.eapkg: a");
        Assert.Equal(0, (await last.TerminateAsync()).ExitCode);
        Assert.Contains("0.2.1", _swaps.Shop.Slots().GetProperty("active").GetString());
        Assert.Empty(Directory.GetFiles(Path.Combine(_swaps.Bench.Data, "models", "incoming")));
    }
}
