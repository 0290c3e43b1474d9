using System.Globalization;
using EdgeAgent.Tests;
using Xunit.Abstractions;

namespace EdgeAgent.EndToEnd;

/// <summary>
/// Two versions in turn while a hundred readings a second are scored. EDGEAGENT_SWAPS=1000 is the long form. A reading more or less is
/// a window more or less, so the counts at the end say whether one was missed or scored twice.
/// </summary>
public sealed class SwapSoakTests(ITestOutputHelper output) : IDisposable
{
    private const int WindowReadings = 60;
    private const int WarmSwaps = 10;
    private const double MostDrift = 5e6;

    private readonly SwapBench _swaps = new();

    public void Dispose() => _swaps.Dispose();

    [Fact]
    public async Task Swaps_under_load_miss_no_window_score_none_twice_and_hold_two_models_at_most()
    {
        var swaps = LongForm.Number("EDGEAGENT_SWAPS", otherwise: 20);
        string[] packages = [await _swaps.Shop.VersionAsync("0.2.1", 3, "0.2.0", "0.2.2"), await _swaps.Shop.VersionAsync("0.2.2", 3, "0.2.0", "0.2.1")];
        await _swaps.Bench.CalibrateAsync();
        _swaps.Configure(SwapBench.Healthy(speed: 100), port: null, shadowMinutes: 0, probationMinutes: 0);
        await using var agent = _swaps.Start();
        await agent.WaitForLineAsync("Using calibration 0001");
        var resident = new List<long>();
        for (var i = 0; i < swaps; i++)
        {
            _swaps.Shop.Drop(packages[i % 2], $"swap-{i}");
            await agent.WaitForLineAsync($"Package swap-{i}.eapkg: activated");
            resident.Add(agent.ResidentBytes);
        }

        var loaded = agent.Lines.Last(line => line.Contains("decides from now on; at most", StringComparison.Ordinal));
        Assert.Equal(0, (await agent.TerminateAsync()).ExitCode);
        var ended = Assert.Single(agent.Lines, line => line.Contains("Ended:", StringComparison.Ordinal));
        Assert.Equal(swaps, agent.Lines.Count(line => line.Contains("decides from now on; at most", StringComparison.Ordinal)));
        Assert.Contains("at most 2 anomaly models", loaded);
        var (windows, frames) = (Number(ended, " windows scored"), Number(ended, " readings,"));
        Assert.Equal(frames - (WindowReadings - 1), windows);
        output.WriteLine($"{swaps} swaps, {frames} readings, {windows} windows; resident {resident[0] >> 20} MB after the first, {resident[^1] >> 20} MB after the last");
        if (resident.Count > 2 * WarmSwaps)
        {
            var drift = resident[^WarmSwaps..].Average() - resident[WarmSwaps..(2 * WarmSwaps)].Average();
            output.WriteLine($"resident, MB, after every tenth of them: {string.Join(' ', resident.Where((_, i) => i % (swaps / 10) == 0).Select(bytes => bytes >> 20))}");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"drift from the swaps {WarmSwaps}..{2 * WarmSwaps} to the last {WarmSwaps}: {drift / 1e6:0.0} MB"));
            Assert.True(drift <= MostDrift, $"{drift} bytes");
        }
    }

    /// <summary>The number before these words.</summary>
    private static long Number(string line, string words) =>
        long.Parse(line[..line.IndexOf(words, StringComparison.Ordinal)].Split(' ')[^1], CultureInfo.InvariantCulture);
}
