using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Detection;

/// <summary>
/// Collects normal windows and makes a calibration of them:
/// <list type="number">
/// <item>the fit graph runs on the first 60%;</item>
/// <item>the scores of the last 40%, one contiguous block that this fit did not see, set the threshold;</item>
/// <item>the fit graph runs once more on all of them, so that the newest data are part of "normal" too, and the score
/// graph's states are brought up to date with it.</item>
/// </list>
/// </summary>
public sealed class CalibrationRun(IAnomalyModel model, SlotMap map)
{
    private const double FitShare = 0.6;

    private readonly List<float> _windows = [];
    private float[]? _present;
    private DateTimeOffset _from;
    private DateTimeOffset _to;

    /// <summary>Windows collected so far.</summary>
    public int Count { get; private set; }

    /// <summary>Fewest windows that <see cref="TryFinish"/> can work with.</summary>
    public int Needed => (int)Math.Ceiling(model.Contract.Fit.MinWindows / FitShare);

    /// <summary>Adds the assembler's latest window; a slot that is ever absent stays out of the calibration.</summary>
    public void Add(WindowAssembler assembler, DateTimeOffset at)
    {
        _from = Count == 0 ? at : _from;
        _to = at;
        _windows.AddRange(assembler.Window);
        _present ??= assembler.Present.ToArray();
        for (var slot = 0; slot < _present.Length; slot++)
        {
            _present[slot] = Math.Min(_present[slot], assembler.Present[slot]);
        }

        Count++;
    }

    /// <summary>Fits, sets the threshold, and hands over the scorer whose states have seen all of the data.</summary>
    /// <returns>null and a reason when there were too few windows or the graphs gave no finite score.</returns>
    public (Calibration Calibration, IWindowScorer Scorer)? TryFinish(
        string machine, IReadOnlyList<string> channelNames, double? falseAlarmRate, out string? problem)
    {
        var contract = model.Contract;
        if (Count < Needed)
        {
            problem = $"{Count} normal windows were seen, {Needed} are needed to calibrate {model.Identity.Name}";
            return null;
        }

        var present = _present!;
        var stride = contract.WindowSamples * contract.Inputs.Count;
        var all = _windows.ToArray();
        var fitCount = (int)(FitShare * Count);
        var (trial, scores) = FitAndScore(all, stride, fitCount, present);
        trial.Scorer.Dispose();
        var (final, again) = FitAndScore(all, stride, Count, present);
        if (scores.Concat(again).Any(score => !float.IsFinite(score)))
        {
            final.Scorer.Dispose();
            problem = $"{model.Identity.Name} gave a score that is no number on normal data";
            return null;
        }

        var rate = falseAlarmRate ?? contract.Threshold.FalseAlarmRate;
        var threshold = ThresholdRule.Estimate(scores.AsSpan(fitCount), rate, contract.Threshold.Minimum);
        var channels = new string?[contract.Inputs.Count];
        for (var slot = 0; slot < channels.Length; slot++)
        {
            channels[slot] = present[slot] > 0 ? channelNames[map.Channels[slot]] : null;
        }

        problem = null;
        var calibration = new Calibration(
            Calibration.CurrentFormat, machine, model.Identity, channels, _from, _to, Count, rate, threshold, final.Baseline.Tensors);
        return (calibration, final.Scorer);
    }

    private ((Baseline Baseline, IWindowScorer Scorer), float[] Scores) FitAndScore(float[] all, int stride, int fitCount, float[] present)
    {
        var baseline = model.Fit(all.AsMemory(0, fitCount * stride), fitCount, present);
        var scorer = model.Open(baseline);
        var scores = new float[Count];
        var channelScores = new float[present.Length];
        for (var i = 0; i < Count; i++)
        {
            scores[i] = scorer.Score(all.AsSpan(i * stride, stride), present, hold: false, channelScores);
        }

        return ((baseline, scorer), scores);
    }
}
