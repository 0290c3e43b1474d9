namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>One way in which a power cut can decide what of the unsynced is there.</summary>
internal abstract class PowerCut
{
    /// <summary>The ways that are tried at every boundary, whatever the seed.</summary>
    public static IReadOnlyList<PowerCut> Always { get; } =
    [
        new Pattern("nothing", (_, _) => false, names: false, lengths: false),
        new Pattern("names and lengths alone", (_, _) => false, names: true, lengths: true),
        new Pattern("everything", (_, _) => true, names: true, lengths: true),
        new Pattern("everything but names", (_, _) => true, names: false, lengths: true),
        new Pattern("the first sector", (i, _) => i == 0, names: true, lengths: true),
        new Pattern("the last sector", (i, n) => i == n - 1, names: true, lengths: true),
        new Pattern("all but the first sector", (i, _) => i != 0, names: true, lengths: true),
        new Pattern("all but the last sector", (i, n) => i != n - 1, names: true, lengths: true),
        new Pattern("even sectors", (i, _) => i % 2 == 0, names: true, lengths: true),
        new Pattern("odd sectors", (i, _) => i % 2 == 1, names: true, lengths: true),
        new Pattern("the first half", (i, n) => i < n / 2, names: true, lengths: true),
        new Pattern("the second half", (i, n) => i >= n / 2, names: true, lengths: true),
    ];

    public abstract string Name { get; }

    /// <summary>All that was done is there: the power went between two operations.</summary>
    public bool IsInOrder => Name == "everything";

    public abstract bool KeepsName();

    /// <param name="place">Of the sector among those of its file that are not durable.</param>
    /// <param name="places">Their number.</param>
    /// <returns>0 = as the sector was, <paramref name="versions"/> = as it is.</returns>
    public abstract int Version(int place, int places, int versions);

    public abstract int Length(int lengths);

    /// <summary>Each sector, length and name for itself, few sectors, or all but one run of them: a write that was dropped.</summary>
    public static PowerCut ByChance(int seed) => new Chance(seed);

    private sealed class Pattern(string name, Func<int, int, bool> keeps, bool names, bool lengths) : PowerCut
    {
        public override string Name => name;

        public override bool KeepsName() => names;

        public override int Version(int place, int places, int versions) => keeps(place, places) ? versions : 0;

        public override int Length(int count) => lengths ? count : 0;
    }

    private sealed class Chance(int seed) : PowerCut
    {
        private const int SectorsOfAWrite = 8;

        private readonly Random _random = new(seed);

        public override string Name => $"chance {seed}";

        public override bool KeepsName() => Drops || _random.Next(3) > 0;

        public override int Version(int place, int places, int versions) =>
            Drops ? (place / SectorsOfAWrite == seed / 4 % ((places / SectorsOfAWrite) + 1) ? 0 : versions)
            : seed % 4 == 3 ? (_random.Next(8) == 0 ? versions : 0)
            : _random.Next(versions + 1);

        public override int Length(int lengths) => Drops ? lengths : _random.Next(lengths + 1);

        private bool Drops => seed % 4 == 2;
    }
}
