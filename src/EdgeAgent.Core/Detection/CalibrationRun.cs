using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Detection;

/// <summary>
/// Collects normal windows of each operating mode and makes a calibration of them. For each mode:
/// <list type="number">
/// <item>the fit graph runs on the first 60%;</item>
/// <item>the scores of the last 40%, one contiguous block that this fit did not see, set the threshold;</item>
/// <item>the fit graph runs once more on all of them, so that the newest data are part of "normal" too, and the score
/// graph's states are brought up to date with it;</item>
/// <item>the fit graph runs on each third (or half, of short data), to see which channel's level was still wandering.</item>
/// </list>
/// </summary>
/// <param name="rowRateHz">Rows of a window per second.</param>
public sealed class CalibrationRun(IAnomalyModel model, SlotMap map, GraphParameters parameters, double rowRateHz)
{
    private const double FitShare = 0.6;

    private readonly Dictionary<string, WindowArchive> _modes = [];
    private float[]? _present;
    private DateTimeOffset _from;
    private DateTimeOffset _to;

    /// <summary>Windows collected so far, over all modes.</summary>
    public int Count => _modes.Values.Sum(archive => archive.Count);

    /// <summary>True when more windows would be thrown away.</summary>
    public bool IsFull => _modes.Values.Any(archive => archive.IsFull);

    /// <summary>Fewest windows of a mode that <see cref="TryFinish"/> can work with.</summary>
    public int Needed => (int)Math.Ceiling(model.Contract.Fit.MinWindows / FitShare);

    private int Stride => model.Contract.WindowSamples * model.Contract.Inputs.Count;

    /// <summary>Adds the assembler's latest window; a slot that is ever absent stays out of the calibration.</summary>
    /// <param name="mode">The operating mode; empty for a machine without modes.</param>
    public void Add(WindowAssembler assembler, string mode, DateTimeOffset at)
    {
        if (!_modes.TryGetValue(mode, out var archive))
        {
            _modes[mode] = archive = new WindowArchive(Stride, model.Contract.Fit.Consecutive);
        }

        _from = _present is null ? at : _from;
        _to = at;
        archive.Add(assembler.Window);
        _present ??= assembler.Present.ToArray();
        for (var slot = 0; slot < _present.Length; slot++)
        {
            _present[slot] = Math.Min(_present[slot], assembler.Present[slot]);
        }
    }

    /// <summary>Fits, sets the thresholds, and hands over scorers whose states have seen all of the data.</summary>
    /// <returns>null and a reason when no mode had enough windows or a graph gave no finite score.</returns>
    public CalibrationResult? TryFinish(string machine, IReadOnlyList<string> channelNames, double? falseAlarmRate, out string? problem)
    {
        var contract = model.Contract;
        var longEnough = _modes.Where(mode => mode.Value.Count >= Needed).OrderBy(mode => mode.Key, StringComparer.Ordinal).ToArray();
        problem = longEnough.Length > 0 ? null
            : $"{_modes.Values.Select(archive => archive.Count).DefaultIfEmpty(0).Max()} normal windows were seen, {Needed} are needed to calibrate {model.Identity.Name}";
        if (problem is not null)
        {
            return null;
        }

        var rate = falseAlarmRate ?? contract.Threshold.FalseAlarmRate;
        var channels = new string?[contract.Inputs.Count];
        for (var slot = 0; slot < channels.Length; slot++)
        {
            channels[slot] = _present![slot] > 0 ? channelNames[map.Channels[slot]] : null;
        }

        var results = new List<(ModeCalibration Calibration, IWindowScorer Scorer)>();
        foreach (var (mode, archive) in longEnough)
        {
            if (Calibrate(mode, archive, rate, channels) is not { } result)
            {
                results.ForEach(made => made.Scorer.Dispose());
                problem = $"{model.Identity.Name} gave a score that is no number on normal data";
                return null;
            }

            results.Add(result);
        }

        var calibration = new Calibration(
            Calibration.CurrentFormat, machine, model.Identity, channels, _from, _to, rate, [.. results.Select(result => result.Calibration)]);
        return new CalibrationResult(calibration, [.. results.Select(result => result.Scorer)]);
    }

    private (ModeCalibration Calibration, IWindowScorer Scorer)? Calibrate(
        string mode, WindowArchive archive, double rate, IReadOnlyList<string?> channels)
    {
        var fitCount = (int)(FitShare * archive.Count);
        var (trial, scores) = FitAndScore(archive, fitCount);
        trial.Scorer.Dispose();
        var (final, again) = FitAndScore(archive, archive.Count);
        if (scores.Concat(again).Any(score => !float.IsFinite(score)))
        {
            final.Scorer.Dispose();
            return null;
        }

        var threshold = ThresholdRule.Estimate(scores.AsSpan(fitCount), rate, model.Contract.Threshold.Minimum);
        var adequacy = Judge(archive, scores.AsSpan(fitCount), threshold, channels);
        return (new ModeCalibration(mode.Length > 0 ? mode : null, archive.Count, threshold, final.Baseline.Tensors, adequacy), final.Scorer);
    }

    private CalibrationAdequacy Judge(
        WindowArchive archive, ReadOnlySpan<float> heldBack, ThresholdEstimate threshold, IReadOnlyList<string?> channels)
    {
        var contract = model.Contract;
        var flagged = 0;
        foreach (var score in heldBack)
        {
            flagged += score > contract.Threshold.Minimum ? 1 : 0;
        }

        var (slot, sigma) = Wander(archive);
        return AdequacyRule.Judge(new AdequacyFacts(
            (((archive.Seen - 1) * contract.HopSamples) + contract.WindowSamples) / rowRateHz,
            contract.TimeConstants.Where(constant => !constant.WatchOnly).Select(constant => constant.Seconds).DefaultIfEmpty(0).Max(),
            (double)flagged / heldBack.Length,
            threshold,
            contract.Threshold.Minimum,
            slot < 0 ? null : channels[slot],
            slot < 0 ? null : sigma));
    }

    /// <returns>The slot whose level moved most from part to part, and by how many sigma of the first; −1 if the data are too short.</returns>
    private (int Slot, double Sigma) Wander(WindowArchive archive)
    {
        var parts = Math.Min(3, archive.Count / Math.Max(1, model.Contract.Fit.MinWindows));
        var most = (Slot: -1, Sigma: 0.0);
        if (parts < 2)
        {
            return most;
        }

        var size = archive.Count / parts;
        var fits = Enumerable.Range(0, parts)
            .Select(part => model.Fit(archive.Windows.Slice(part * size * Stride, size * Stride), size, _present!, parameters)).ToArray();
        for (var slot = 0; slot < _present!.Length; slot++)
        {
            var levels = fits.Select(fit => (double)fit[model.Contract.Center][slot]).ToArray();
            var moved = (levels.Max() - levels.Min()) / Math.Max(fits[0][model.Contract.Sigma][slot], 1e-12);
            if (_present[slot] > 0 && moved >= most.Sigma)
            {
                most = (slot, moved);
            }
        }

        return most;
    }

    private ((Baseline Baseline, IWindowScorer Scorer), float[] Scores) FitAndScore(WindowArchive archive, int fitCount)
    {
        var present = _present!;
        var baseline = model.Fit(archive.Windows[..(fitCount * Stride)], fitCount, present, parameters);
        var scorer = model.Open(baseline, parameters);
        var scores = new float[archive.Count];
        var channelScores = new float[present.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = scorer.Score(archive.Windows.Span.Slice(i * Stride, Stride), present, hold: false, channelScores);
        }

        return ((baseline, scorer), scores);
    }
}
