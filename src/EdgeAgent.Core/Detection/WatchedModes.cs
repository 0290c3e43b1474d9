using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Detection;

/// <summary>What a calibration brings to a watch: one scorer for each calibrated mode, none until there is a calibration.</summary>
internal sealed class WatchedModes(WatchSettings settings, IAnomalyModel model, SlotMap map, GraphParameters parameters) : IDisposable
{
    private readonly List<WatchedMode> _modes = [];

    /// <summary>The one in use; another one after a drift was accepted.</summary>
    public Calibration? Calibration { get; private set; }

    /// <summary>Opens a scorer for every mode.</summary>
    /// <param name="states">Where an earlier run stood; a mode that is not in it starts afresh.</param>
    public void Use(Calibration calibration, IReadOnlyList<ModeStates>? states)
    {
        ModeStates? Earlier(ModeCalibration mode) => states?.FirstOrDefault(state => state.Mode == mode.Mode);
        Use(calibration, [.. calibration.Modes.Select(mode => model.Open(
            new Baseline(mode.Baseline), parameters, Earlier(mode) is { } state ? new ScorerStates(state.Tensors) : null))]);
        _modes.ForEach(mode => mode.Restore(Earlier(mode.Calibration)?.Drift));
    }

    /// <param name="scorers">In the order of the calibration's modes; owned from now on.</param>
    public void Use(Calibration calibration, IReadOnlyList<IWindowScorer> scorers)
    {
        Dispose();
        _modes.Clear();
        var history = EvidenceBuilder.HistoryWindows(model.Contract, model.Contract.RowRateHz(settings.RateHz));
        int[] channels = [.. map.Channels];
        _modes.AddRange(calibration.Modes.Zip(scorers, (mode, scorer) => new WatchedMode(
            mode, scorer, channels.Length, history, settings.Drift is { } limits ? new DriftWatch(limits, channels, mode.Mode) : null)));
        Calibration = calibration;
    }

    public WatchedMode? Find(string mode)
    {
        foreach (var watched in _modes)
        {
            if (watched.Name == mode)
            {
                return watched;
            }
        }

        return null;
    }

    /// <summary>Levels that were accepted with this window are normal from the next one on.</summary>
    public void Accept(WatchedMode watched, List<DriftChange> drifts)
    {
        if (watched.TryAccept(drifts, model, parameters))
        {
            Calibration = Calibration! with { Modes = [.. _modes.Select(mode => mode.Calibration)] };
        }
    }

    public IReadOnlyList<ModeStates> CaptureStates() => [.. _modes.Select(mode => mode.CaptureStates())];

    /// <summary>What comes next does not follow on from what was.</summary>
    public void Interrupt() => _modes.ForEach(mode => mode.Interrupt());

    public void Dispose() => _modes.ForEach(mode => mode.Dispose());
}
