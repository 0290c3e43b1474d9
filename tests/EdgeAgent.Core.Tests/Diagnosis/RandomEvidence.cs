using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Tests.Diagnosis;

/// <summary>Evidence with awkward names, units and magnitudes, the same for the same seed.</summary>
public static class RandomEvidence
{
    private static readonly string[] Names =
    [
        "Flow", "Vibration 1", "Vibration 12", "Accelerometer1RMS", "P-101 Druck", "Wälzlager Süd", "T.2", "n", "XK204",
        "L1 (A)",
    ];

    private static readonly string[] Units = ["l/min", "m3/h", "m³/h", "1/min", "m/s2", "°C", "%", "", "bar", "g", "s", "h-1"];

    public static FaultLibrary Library { get; } = new("centrifugal pump",
    [
        new("suction-restriction", "Restriction on the suction side", "Too little water reaches the pump.",
            new Dictionary<string, string> { ["flow"] = "down", ["pressure"] = "down", ["current"] = "down" },
            ["Check the valve."]),
        new("discharge-restriction", "Restriction on the discharge side", "The pump pushes against a closed path.",
            new Dictionary<string, string> { ["flow"] = "down", ["pressure"] = "up", ["current"] = "down" },
            ["Open it.", "Look."]),
        new("bearing-2", "Bearing 2 worn", "Bearing 2 lacks grease since 1999.",
            new Dictionary<string, string> { ["vibration"] = "up", ["motor-temperature"] = "up", ["flow"] = "steady" },
            ["Grease."]),
        new("bearing", "Bearing worn", "A bearing runs rough.", new Dictionary<string, string> { ["vibration"] = "up" }, []),
    ]);

    public static List<Evidence> Create(Random random)
    {
        var names = Names.ToList();
        var items = new List<Evidence>();
        for (var count = random.Next(0, 9); count > 0; count--)
        {
            var name = names[random.Next(names.Count)];
            names.Remove(name);
            var baseline = Math.Pow(10, random.Next(-4, 7)) * (random.NextDouble() - (random.Next(5) == 0 ? 1 : 0));
            var sigma = random.Next(3) == 0
                ? random.NextDouble() * 4 - 2
                : Math.Pow(10, random.NextDouble() * 3) * (random.Next(2) * 2 - 1);
            var value = baseline + sigma * Math.Pow(10, random.Next(-6, 2));
            var item = new Evidence(
                name, ChannelRoles.All[random.Next(ChannelRoles.All.Count)], Units[random.Next(Units.Length)], "mean",
                value, baseline, sigma, "steady", random.Next(2) == 0 ? random.Next(0, 200) : null);
            items.AddRange(random.Next(4) == 0 ? Several(item, random) : [item]);
        }

        return items;
    }

    /// <summary>The channel with several statistics instead of its mean.</summary>
    private static IEnumerable<Evidence> Several(Evidence item, Random random) =>
        Statistics.All.Skip(1).Where(_ => random.Next(3) == 0).ToList().Select(statistic => item with
        {
            Statistic = statistic,
            Value = item.Value * (0.5 + random.NextDouble()),
            DeviationSigma = item.DeviationSigma * (random.NextDouble() * 2 - 0.5),
        });
}
