using EdgeAgent.Configuration;

namespace EdgeAgent.Bench;

/// <summary>
/// What the agent finds and what it flags wrongly, on recordings that nobody here made: the built executable with one config
/// over every file, beside a classical chart and beside always alarming. Each file's first 400 rows calibrate.
/// </summary>
internal static class QualityBench
{
    private const int CalibrateRows = 400;
    private const int LongCalibrateRows = 2000;
    private const int Slices = 8;
    private const int SliceRows = 1150;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        if (!Directory.Exists(Places.Skab))
        {
            Console.WriteLine($"skipped: {Places.Skab} is not there; the recordings are not part of the project");
            return 0;
        }

        if (!ConfigLoader.TryLoad(Places.Config, new Dictionary<string, string>(), ConfigUse.Offline, out var config, out var problems))
        {
            Console.Error.WriteLine(problems[0]);
            return 2;
        }

        var channels = config.Options.Channels;
        string[] columns = [.. channels.Select(channel => channel.Column ?? channel.Name)];
        var faulty = SkabFile.ReadFaulty(Places.Skab, columns);
        var healthy = SkabFile.Read(Places.Healthy, columns);
        int[] all = [.. Enumerable.Range(0, channels.Count)];
        int[] cool = [.. all.Where(i => !channels[i].Role.EndsWith("temperature", StringComparison.Ordinal))];

        Console.WriteLine($"{faulty.Count} recordings with a fault each; rows {CalibrateRows} and later count");
        Console.WriteLine(SkabScore.Header);
        foreach (var (name, package) in new[] { ("agent, INT8 as shipped", Places.Package), ("agent, fp32", arguments["--fp32"]), ("agent, without the learned part", arguments["--plain"]) })
        {
            if (package is not null)
            {
                await AgentAsync(name, package, faulty, healthy).ConfigureAwait(false);
            }
        }

        await PrintAsync("MEWMA, all channels, limit x5", faulty, healthy, Chart(new Mewma(all, 5))).ConfigureAwait(false);
        await PrintAsync("MEWMA, no temperatures, limit x3", faulty, healthy, Chart(new Mewma(cool, 3))).ConfigureAwait(false);
        await PrintAsync("always alarming", faulty, healthy, (file, _) => Task.FromResult(Enumerable.Repeat(true, file.Lines.Count).ToArray())).ConfigureAwait(false);
        Console.WriteLine("MEWMA's limits are the best for F1 that a search over these same files found.");
        return 0;
    }

    private static async Task AgentAsync(string name, string package, IReadOnlyList<SkabFile> faulty, SkabFile healthy)
    {
        var folder = Directory.CreateTempSubdirectory("edgeagent-bench-").FullName;
        try
        {
            await PrintAsync(name, faulty, healthy, new AgentReplays(package, folder).AlarmsAsync).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Func<SkabFile, int, Task<bool[]>> Chart(Mewma chart) => (file, rows) => Task.FromResult(chart.Alarms(file.Rows, rows));

    private static async Task PrintAsync(string name, IReadOnlyList<SkabFile> faulty, SkabFile healthy, Func<SkabFile, int, Task<bool[]>> method)
    {
        var score = new SkabScore(CalibrateRows);
        foreach (var file in faulty)
        {
            score.Add(file.Label, await method(file, CalibrateRows).ConfigureAwait(false));
        }

        for (var slice = 0; slice < Slices; slice++)
        {
            score.AddHealthySlice(Flagged(await method(healthy.Slice(slice * SliceRows, SliceRows), CalibrateRows).ConfigureAwait(false), CalibrateRows));
        }

        score.HealthyLong = Flagged(await method(healthy, LongCalibrateRows).ConfigureAwait(false), LongCalibrateRows);
        Console.WriteLine(score.Line(name));
    }

    private static double Flagged(bool[] alarms, int from) => 100.0 * alarms.Skip(from).Count(alarm => alarm) / (alarms.Length - from);
}
