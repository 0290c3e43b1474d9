
namespace EdgeAgent.Core.Detection;

/// <summary>A calibrated operating mode in use: its scorer with its states, its threshold, and what it remembers.</summary>
internal sealed class WatchedMode(ModeCalibration calibration, IWindowScorer scorer, int slots, int historyWindows) : IDisposable
{
    public string Name { get; } = calibration.Mode ?? "";

    public double Threshold { get; } = calibration.Threshold.Threshold;

    public IWindowScorer Scorer { get; } = scorer;

    public OnsetTracker Onsets { get; } = new(slots);

    public StatisticHistory? History { get; } =
        scorer.Statistics.Length > 0 ? new StatisticHistory(scorer.Statistics.Length, historyWindows) : null;

    /// <summary>True when a slot's fault ended by settling at a new level.</summary>
    public bool HasSettled => Scorer.Settled.ContainsAnyInRange(0.5f, float.MaxValue);

    public float Score(ReadOnlySpan<float> window, ReadOnlySpan<float> present, bool hold, Span<float> channelScores, TimeSpan now)
    {
        var score = Scorer.Score(window, present, hold, channelScores);
        History?.Add(Scorer.Statistics);
        Onsets.Update(channelScores, Threshold, now);
        return score;
    }

    /// <summary>What comes next does not follow on from what was: another mode ran in between.</summary>
    public void Interrupt()
    {
        History?.Clear();
        Onsets.Clear();
    }

    public void Dispose() => Scorer.Dispose();
}
