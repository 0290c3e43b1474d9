namespace EdgeAgent.Core.Diagnosis;

/// <summary>The statistics that evidence may hold, the closed list of <c>docs/evidence.md</c>.</summary>
public static class Statistics
{
    public const string Mean = "mean";
    public const string Rms = "rms";

    /// <summary>
    /// How far the lines of a rolling bearing's parts stand out of the envelope spectrum, in dB: outer race, inner race,
    /// rolling element, cage. All four are on one scale, so the largest tells which part is damaged.
    /// </summary>
    public static IReadOnlyList<string> DefectLines { get; } = ["bpfo", "bpfi", "bsf", "ftf"];

    public static IReadOnlyList<string> All { get; } =
    [
        Mean, Rms, "peak", "crest-factor", "kurtosis", "velocity-rms", "shaft-1x", "shaft-2x", .. DefectLines,
    ];

    /// <summary>The first version of the evidence vocabulary that has this statistic.</summary>
    public static int VersionOf(string statistic) => statistic == Mean ? 1 : 2;

    /// <summary>How strong a channel is as a whole, which is what a signature means that names a role alone.</summary>
    public static bool IsLevel(string statistic) => statistic is Mean or Rms;

    public static bool IsDefectLine(string statistic) => DefectLines.Contains(statistic);

    /// <summary>
    /// The statistic as prose names it behind a channel, without digits, which would read as numbers. Empty for the mean:
    /// "`Flow` fell" says that it is the flow's mean.
    /// </summary>
    public static string Words(string statistic) => statistic switch
    {
        Mean => "",
        "velocity-rms" => "velocity",
        "shaft-1x" => "shaft line",
        "shaft-2x" => "double shaft line",
        _ => statistic.Replace('-', ' '),
    };
}
