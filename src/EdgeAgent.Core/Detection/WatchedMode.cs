namespace EdgeAgent.Core.Detection;

/// <summary>A calibrated operating mode in use: its scorer with its states, its threshold, and what it remembers.</summary>
/// <param name="drift">null if no drift is watched for.</param>
internal sealed class WatchedMode(ModeCalibration calibration, IWindowScorer scorer, int slots, int historyWindows, DriftWatch? drift) : IDisposable
{
    private readonly DriftWatch? _drift = scorer.HasReference ? drift : null;

    public string Name { get; } = calibration.Mode ?? "";

    public double Threshold { get; } = calibration.Threshold.Threshold;

    public ModeCalibration Calibration { get; private set; } = calibration;

    public IWindowScorer Scorer { get; private set; } = scorer;

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

    /// <param name="settled">Whether with this window an alarm ended by settling at a new level.</param>
    /// <param name="changes">Receives what changed.</param>
    public void FollowDrift(ReadOnlySpan<float> present, bool alarm, bool settled, TimeSpan now, List<DriftChange> changes)
    {
        _drift?.Update(Scorer, present, alarm, now, changes);
        if (settled)
        {
            // The reference goes to the new level with the next window.
            _drift?.Settle(Scorer.Settled);
        }
    }

    /// <summary>What comes next does not follow on from what was: another mode ran in between.</summary>
    public void Interrupt()
    {
        History?.Clear();
        Onsets.Clear();
    }

    public ModeStates CaptureStates() => new(Calibration.Mode, Scorer.CaptureStates().Tensors, _drift?.Capture());

    public void Restore(IReadOnlyList<DriftMemory>? drift)
    {
        if (drift is not null)
        {
            _drift?.Restore(drift);
        }
    }

    /// <summary>A drift that lasted long enough is normal from the next window on, with the same thresholds.</summary>
    /// <returns>True when <see cref="Calibration"/> is another one now.</returns>
    public bool TryAccept(List<DriftChange> drifts, IAnomalyModel model, GraphParameters parameters)
    {
        var levels = default(double?[]);
        foreach (var drift in drifts)
        {
            if (drift.Event == DriftEvent.Accepted)
            {
                levels ??= new double?[slots];
                levels[drift.Slot] = drift.Level;
            }
        }

        if (levels is null)
        {
            return false;
        }

        Calibration = AcceptedLevel.Apply(Calibration, model.Contract.Center, levels);
        var reopened = model.Open(new Baseline(Calibration.Baseline), parameters, Scorer.CaptureStates());
        Scorer.Dispose();
        Scorer = reopened;
        return true;
    }

    public void Dispose() => Scorer.Dispose();
}
