namespace EdgeAgent.Core.Diagnosis;

/// <summary>What a language model is told about an alarm, and with it everything that it may repeat.</summary>
public sealed class EvidencePrompt
{
    /// <summary>More items than this are not shown: the weakest deviations explain nothing and cost time.</summary>
    public const int MaxItems = 8;

    private EvidencePrompt(string machineType, IReadOnlyList<string> faultIds, IReadOnlyList<PrintedEvidence> items)
    {
        FaultIds = faultIds;
        Items = items;
        Text = string.Join('\n',
        [
            $"machine: {machineType}", $"faults: {string.Join(", ", faultIds)}", "evidence:", .. items.Select(i => i.ToString()),
        ]);
    }

    /// <summary>The user's turn of the chat.</summary>
    public string Text { get; }

    /// <summary>The ids that an answer may choose from, besides <see cref="Fault.Unknown"/>.</summary>
    public IReadOnlyList<string> FaultIds { get; }

    /// <summary>The items shown, strongest deviation first.</summary>
    public IReadOnlyList<PrintedEvidence> Items { get; }

    /// <summary>The names of the channels shown.</summary>
    public IEnumerable<string> Channels => Items.Select(item => item.Item.Channel).Distinct();

    /// <summary>Every number shown, without its sign: the only ones that an answer may contain.</summary>
    public IEnumerable<string> Numbers => Items.SelectMany(item => item.Numbers).Distinct();

    /// <summary>The numbers that are times: seconds before the alarm.</summary>
    public IEnumerable<string> Onsets => Items.Select(item => item.Onset).OfType<string>().Distinct();

    public static EvidencePrompt Create(string machineType, IReadOnlyList<string> faultIds, IEnumerable<Evidence> evidence) =>
        new(machineType, faultIds, Printed(evidence));

    /// <summary>
    /// The items that are shown: the strongest deviations, but first the strongest defect line of each channel on which one
    /// has risen. Without it a weaker line would pass for the one that dominates. Choosing again from what was chosen
    /// gives the same items.
    /// </summary>
    public static IReadOnlyList<Evidence> Shown(IEnumerable<Evidence> evidence)
    {
        var strongest = Strongest(evidence).ToList();
        var lines = new DominantLines(strongest).Leading;
        return [.. Strongest(strongest.OrderByDescending(lines.Contains).Take(MaxItems))];
    }

    /// <summary>Strongest deviation first; an item without finite numbers says nothing and is left out.</summary>
    public static IEnumerable<Evidence> Strongest(IEnumerable<Evidence> evidence) => evidence
        .Where(item => double.IsFinite(item.Value) && double.IsFinite(item.Baseline) && double.IsFinite(item.DeviationSigma))
        .OrderByDescending(item => Math.Abs(item.DeviationSigma));

    internal static IReadOnlyList<PrintedEvidence> Printed(IEnumerable<Evidence> evidence)
    {
        var shown = Shown(evidence);
        var dominant = new DominantLines(shown);
        return [.. shown.Select(item => PrintedEvidence.From(item, dominant.Has(item)))];
    }
}
