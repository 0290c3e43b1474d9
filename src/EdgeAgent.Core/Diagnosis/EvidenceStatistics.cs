namespace EdgeAgent.Core.Diagnosis;

/// <summary>
/// What an item of evidence can measure: the statistics of the vocabulary's version 2. docs/evidence.md defines each.
/// </summary>
public static class EvidenceStatistics
{
    /// <summary>Mean of the last ten seconds, in the channel's unit.</summary>
    public const string Mean = "mean";

    /// <summary>Root mean square, in the channel's unit.</summary>
    public const string Rms = "rms";

    private const string Decibel = "dB";

    /// <summary>Id and unit; null = the channel's own unit. Empty = a pure number.</summary>
    private static readonly Dictionary<string, string?> Units = new()
    {
        [Mean] = null,
        [Rms] = null,
        ["peak"] = null,
        ["crest-factor"] = "",
        ["kurtosis"] = "",
        ["velocity-rms"] = "mm/s",
        ["shaft-1x"] = null,
        ["shaft-2x"] = null,
        ["bpfo"] = Decibel,
        ["bpfi"] = Decibel,
        ["bsf"] = Decibel,
        ["ftf"] = Decibel,
    };

    public static IReadOnlyCollection<string> All => Units.Keys;

    /// <summary>The four families of lines that a bearing's defects draw in the envelope spectrum.</summary>
    public static IReadOnlyList<string> DefectLines { get; } = ["bpfo", "bpfi", "bsf", "ftf"];

    public static bool IsKnown(string statistic) => Units.ContainsKey(statistic);

    /// <summary>True for what a bare role means in a fault library: how large the channel's signal is.</summary>
    public static bool IsLevel(string statistic) => statistic is Mean or Rms;

    /// <summary>The unit of a statistic of a channel.</summary>
    public static string UnitOf(string statistic, string channelUnit) => Units[statistic] ?? channelUnit;

    /// <summary>The vocabulary version that brought a statistic.</summary>
    public static int VersionOf(string statistic) => statistic == Mean ? 1 : 2;
}
