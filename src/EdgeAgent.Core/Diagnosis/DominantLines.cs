namespace EdgeAgent.Core.Diagnosis;

/// <summary>
/// Which defect line leads on each channel. A damaged part raises its neighbours' lines a little, too, so a line counts
/// only if no other on its channel is stronger.
/// </summary>
internal sealed class DominantLines
{
    private readonly List<Evidence> _leading;

    public DominantLines(IEnumerable<Evidence> evidence)
    {
        _leading =
        [
            .. evidence.Where(item => Statistics.IsDefectLine(item.Statistic) && double.IsFinite(item.Value))
                .GroupBy(item => item.Channel)
                .Where(lines => lines.Any(IsUp))
                .Select(lines => lines.MaxBy(line => line.Value)!),
        ];
    }

    /// <summary>The strongest line of every channel on which any line has risen, whether or not it is the one that rose.</summary>
    public IReadOnlyList<Evidence> Leading => _leading;

    /// <summary>The lines that have risen and lead their channel.</summary>
    public IEnumerable<Evidence> Risen => _leading.Where(IsUp);

    /// <summary>Whether this line has risen and is its channel's strongest.</summary>
    public bool Has(Evidence item) => IsUp(item) && _leading.Contains(item);

    private static bool IsUp(Evidence item) => SignatureMatch.DirectionOf(item.DeviationSigma) == Direction.Up;
}
