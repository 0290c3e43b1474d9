using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Modes;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Detection;

/// <summary>
/// Everything between a frame and an alarm, as one object that both <c>run</c> and <c>replay</c> drive:
/// health gate ─▶ operating mode ─▶ window ─▶ score graph ─▶ alarm state ─▶ evidence, drift. Deterministic; not thread-safe.
/// </summary>
public sealed class MachineWatch : IDisposable
{
    private readonly WatchSettings _settings;
    private readonly IAnomalyModel _model;
    private readonly SlotMap _map;
    private readonly GraphParameters _parameters;
    private readonly HealthGate _gate;
    private readonly ModeGate? _modes;
    private readonly WindowAssembler _window;
    private readonly EvidenceBuilder _evidence;
    private readonly MachineAlarm _alarm;
    private readonly float[] _channelScores;
    private readonly List<DriftChange> _drifts = [];

    // What a calibration brings: one entry per calibrated mode, none until there is one.
    private readonly List<WatchedMode> _watched = [];
    private CalibrationRun? _run;

    public MachineWatch(WatchSettings settings, IAnomalyModel model, SlotMap map, GraphParameters parameters)
    {
        var contract = model.Contract;
        _settings = settings;
        _model = model;
        _map = map;
        _parameters = parameters;
        _gate = new HealthGate(settings.Limits, settings.Delays, settings.MaxGap);
        _modes = settings.Modes is { } rule ? new ModeGate(rule) : null;
        _window = new WindowAssembler(map, contract.WindowSamples, contract.HopSamples, settings.MaxGap);
        _evidence = new EvidenceBuilder(map, settings.Channels, contract, settings.RateHz);
        _alarm = new MachineAlarm(new AlarmLimits(
            settings.ClearBelow ?? contract.Alarm.ClearBelow,
            settings.OnDelay ?? TimeSpan.FromSeconds(contract.Alarm.OnDelaySeconds),
            settings.OffDelay ?? TimeSpan.FromSeconds(contract.Alarm.OffDelaySeconds),
            settings.CriticalAbove));
        _channelScores = new float[map.Slots.Count];
    }

    public string Machine => _settings.Machine;

    public ModelIdentity Model => _model.Identity;

    public AnomalyContract Contract => _model.Contract;

    public bool IsCalibrated => _watched.Count > 0;

    /// <summary>The calibration in use; another one after a drift was accepted.</summary>
    public Calibration? Calibration { get; private set; }

    /// <summary>Windows scored since the watch began.</summary>
    public long WindowsScored { get; private set; }

    /// <summary>Windows collected for a calibration that is under way, how many it needs at least, and whether it takes no more.</summary>
    public (int Collected, int Needed, bool Full)? CalibrationProgress => _run is { } run ? (run.Count, run.Needed, run.IsFull) : null;

    /// <summary>From now on valid windows are collected as normal ones instead of being scored.</summary>
    public void BeginCalibration() => _run = new CalibrationRun(_model, _map, _parameters);

    /// <summary>Ends the collection. On success the watch scores from the next window on.</summary>
    public Calibration? FinishCalibration(out string? problem)
    {
        var run = _run ?? throw new InvalidOperationException("no calibration is under way");
        _run = null;
        var names = _settings.Channels.Select(channel => channel.Name).ToArray();
        if (run.TryFinish(_settings.Machine, names, _settings.FalseAlarmRate, out problem) is not { } made)
        {
            return null;
        }

        Use(made.Calibration, made.Scorers);
        return made.Calibration;
    }

    /// <summary>Takes a calibration that was made earlier for this very model.</summary>
    /// <param name="states">Where an earlier run stood, checked by <see cref="ModeStates.Misfit"/>; a mode that is not in it starts afresh.</param>
    public void Use(Calibration calibration, IReadOnlyList<ModeStates>? states = null)
    {
        ModeStates? Earlier(ModeCalibration mode) => states?.FirstOrDefault(state => state.Mode == mode.Mode);
        Use(calibration, [.. calibration.Modes.Select(mode => _model.Open(
            new Baseline(mode.Baseline), _parameters, Earlier(mode) is { } state ? new ScorerStates(state.Tensors) : null))]);
        _watched.ForEach(mode => mode.Restore(Earlier(mode.Calibration)?.Drift));
    }

    /// <summary>A copy of what every calibrated mode carries on, for a later <see cref="Use(Calibration, IReadOnlyList{ModeStates}?)"/>.</summary>
    public IReadOnlyList<ModeStates> CaptureStates() => [.. _watched.Select(mode => mode.CaptureStates())];

    public Observation Observe(SensorFrame frame)
    {
        _drifts.Clear();
        var changes = _gate.Inspect(frame);
        FollowMode(frame);
        var due = _window.Push(frame, _gate.Verdicts);
        if (_modes is { IsOpen: false })
        {
            _window.Restart();
            return At(changes);
        }

        var mode = _modes?.Mode?.Name ?? "";
        if (_run is not null)
        {
            if (due)
            {
                _run.Add(_window, mode, frame.At);
            }

            return At(changes);
        }

        return due && Find(mode) is { } watched ? Score(watched, frame, changes) : At(changes);
    }

    /// <summary>Tells the watch that no frame has come for too long.</summary>
    public Observation ObserveSilence(TimeSpan now)
    {
        _drifts.Clear();
        _window.Restart();
        return At(_gate.Silence(now));
    }

    public void Dispose() => _watched.ForEach(mode => mode.Dispose());

    private Observation Score(WatchedMode watched, SensorFrame frame, IReadOnlyList<HealthChange> changes)
    {
        var score = watched.Score(_window.Window, _window.Present, _alarm.IsActive, _channelScores, frame.Monotonic);
        WindowsScored++;
        var change = _alarm.Update(score, watched.Threshold, watched.HasSettled, frame.Monotonic);
        var evidence = change is null ? null : _evidence.Build(_window, watched, frame.Monotonic);
        watched.FollowDrift(_window.Present, _alarm.IsActive, change is { Settled: true }, frame.Monotonic, _drifts);
        if (watched.TryAccept(_drifts, _model, _parameters))
        {
            Calibration = Calibration! with { Modes = [.. _watched.Select(mode => mode.Calibration)] };
        }

        return At(changes) with { Score = score, Alarm = change, Evidence = evidence };
    }

    /// <summary>A window lies whole in one mode, and a delay that began in one does not end in another.</summary>
    private void FollowMode(SensorFrame frame)
    {
        if (_modes is not null && _modes.Update(frame, _gate.Verdicts))
        {
            _window.Restart();
            _alarm.Interrupt();
            _watched.ForEach(mode => mode.Interrupt());
        }
    }

    private WatchedMode? Find(string mode)
    {
        foreach (var watched in _watched)
        {
            if (watched.Name == mode)
            {
                return watched;
            }
        }

        return null;
    }

    private Observation At(IReadOnlyList<HealthChange> changes) => new(
        Score: null, Find(_modes?.Mode?.Name ?? "")?.Threshold, _alarm.IsActive, _gate.Worst, changes, Alarm: null, Evidence: null, _modes?.Mode, _drifts);

    private void Use(Calibration calibration, IReadOnlyList<IWindowScorer> scorers)
    {
        _watched.ForEach(mode => mode.Dispose());
        _watched.Clear();
        var history = EvidenceBuilder.HistoryWindows(_model.Contract, _settings.RateHz);
        int[] channels = [.. _map.Channels];
        _watched.AddRange(calibration.Modes.Zip(scorers, (mode, scorer) => new WatchedMode(
            mode, scorer, channels.Length, history, _settings.Drift is { } limits ? new DriftWatch(limits, channels, mode.Mode) : null)));
        Calibration = calibration;
    }
}
