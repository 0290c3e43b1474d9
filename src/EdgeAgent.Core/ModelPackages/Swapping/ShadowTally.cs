namespace EdgeAgent.Core.ModelPackages.Swapping;

/// <summary>Counts what two models say of the same windows. Allocates nothing per window.</summary>
/// <param name="hop">Time between two windows.</param>
public sealed class ShadowTally(TimeSpan hop)
{
    private readonly LatencyRing _latencies = new();
    private long _activeAlarms;
    private long _candidateAlarms;
    private long _disagreements;

    /// <summary>Windows that both scored.</summary>
    public long Windows { get; private set; }

    /// <summary>Sorts the latest scoring times; not for every window.</summary>
    public ShadowFigures Figures => new(
        Windows, Share(_activeAlarms), Share(_candidateAlarms), Share(_disagreements), _latencies.Percentile95(), hop);

    /// <param name="active">What the model in use says.</param>
    /// <param name="candidate">What the candidate says of the same window.</param>
    /// <param name="took">The candidate's scoring.</param>
    public void Add(WindowSaying active, WindowSaying candidate, TimeSpan took)
    {
        Windows++;
        _activeAlarms += active.Alarm ? 1 : 0;
        _candidateAlarms += candidate.Alarm ? 1 : 0;
        _disagreements += active.Above != candidate.Above ? 1 : 0;
        _latencies.Add(took);
    }

    private double Share(long count) => Windows == 0 ? 0 : (double)count / Windows;
}
