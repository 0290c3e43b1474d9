using System.Globalization;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Detection;

/// <summary>
/// Everything between a frame and an alarm, as one object that both <c>run</c> and <c>replay</c> drive:
/// health gate ─▶ operating mode ─▶ window ─▶ score graph ─▶ alarm state ─▶ evidence, drift. Deterministic; not thread-safe.
/// </summary>
public sealed partial class MachineWatch : IDisposable
{
    private readonly WatchSettings _settings;
    private readonly IAnomalyModel _model;
    private readonly SlotMap _map;
    private readonly GraphParameters _parameters;
    private readonly FrameAverager _averager;
    private readonly WindowAssembler _window;
    private readonly EvidenceBuilder _evidence;
    private readonly MachineAlarm _alarm;
    private readonly float[] _channelScores;
    private readonly List<DriftChange> _drifts = [];
    private FrameGates _gates;

    // What a calibration brings.
    private readonly WatchedModes _watched;
    private readonly HashSet<string> _toldUncalibrated = [];
    private CalibrationRun? _run;

    public MachineWatch(WatchSettings settings, IAnomalyModel model, SlotMap map, GraphParameters parameters)
    {
        var contract = model.Contract;
        _settings = settings;
        _model = model;
        _map = map;
        _parameters = parameters;
        _gates = new FrameGates(settings);
        _averager = new FrameAverager(settings.Channels.Count, contract.ReadingsPerRow(settings.RateHz), settings.MaxGap);
        _window = new WindowAssembler(map, contract.WindowSamples, contract.HopSamples, settings.MaxGap + TimeSpan.FromSeconds(1 / contract.RowRateHz(settings.RateHz)));
        _evidence = new EvidenceBuilder(map, settings.Channels, contract, contract.RowRateHz(settings.RateHz));
        _alarm = new MachineAlarm(new AlarmLimits(
            settings.ClearBelow ?? contract.Alarm.ClearBelow,
            settings.OnDelay ?? TimeSpan.FromSeconds(contract.Alarm.OnDelaySeconds),
            settings.OffDelay ?? TimeSpan.FromSeconds(contract.Alarm.OffDelaySeconds),
            settings.CriticalAbove));
        _channelScores = new float[map.Slots.Count];
        _watched = new WatchedModes(settings, model, map, parameters);
    }

    public string Machine => _settings.Machine;

    public ModelIdentity Model => _model.Identity;

    public AnomalyContract Contract => _model.Contract;

    public bool IsCalibrated => _watched.Calibration is not null;

    /// <summary>The calibration in use; another one after a drift was accepted.</summary>
    public Calibration? Calibration => _watched.Calibration;

    /// <summary>A machine alarm stands.</summary>
    public bool HasAlarm => _alarm.IsActive;

    /// <summary>Windows scored since the watch began.</summary>
    public long WindowsScored { get; private set; }

    /// <summary>Windows collected for a calibration that is under way, how many it needs at least, and whether it takes no more.</summary>
    public (int Collected, int Needed, bool Full)? CalibrationProgress => _run is { } run ? (run.Count, run.Needed, run.IsFull) : null;

    /// <summary>From now on valid windows are collected as normal ones instead of being scored.</summary>
    public void BeginCalibration() => _run = new CalibrationRun(_model, _map, _parameters, _model.Contract.RowRateHz(_settings.RateHz));

    /// <summary>Ends the collection. On success the watch scores from the next window on.</summary>
    public Calibration? FinishCalibration(out string? problem)
    {
        var run = _run ?? throw new InvalidOperationException("no calibration is under way");
        _run = null;
        var names = _settings.Channels.Select(channel => channel.Name).ToArray();
        if (run.TryFinish(_settings.Machine, names, _settings.FalseAlarmRate, out problem) is not { } made)
        {
            problem += !_gates.Rate.IsWrong ? "" : string.Create(
                CultureInfo.InvariantCulture, $"; readings come at {_gates.Rate.FoundHz:G4} Hz, and the config says {_settings.RateHz:G4} Hz");
            return null;
        }

        _toldUncalibrated.Clear();
        _watched.Use(made.Calibration, made.Scorers);
        return made.Calibration;
    }

    /// <summary>Takes a calibration that was made earlier for this very model.</summary>
    /// <param name="states">Where an earlier run stood, checked by <see cref="ModeStates.Misfit"/>; a mode that is not in it starts afresh.</param>
    public void Use(Calibration calibration, IReadOnlyList<ModeStates>? states = null)
    {
        _toldUncalibrated.Clear();
        _watched.Use(calibration, states);
    }

    /// <summary>A copy of what every calibrated mode carries on, for a later <see cref="Use(Calibration, IReadOnlyList{ModeStates}?)"/>.</summary>
    public IReadOnlyList<ModeStates> CaptureStates() => _watched.CaptureStates();

    public Observation Observe(SensorFrame frame)
    {
        _gates.Inspect(frame);
        return Judge(frame, hold: false);
    }

    /// <summary>Tells the watch that no frame has come for too long.</summary>
    public Observation ObserveSilence(TimeSpan now)
    {
        _drifts.Clear();
        _window.Restart();
        _gates.Silence(now);
        return Now();
    }

    public void Dispose() => _watched.Dispose();

    /// <param name="hold">See <see cref="Follow"/>.</param>
    private Observation Judge(SensorFrame frame, bool hold)
    {
        _drifts.Clear();
        FollowMode();
        var notice = FollowRate();
        var due = _averager.Add(frame, _gates.Health.Verdicts) && _window.Push(frame.Monotonic, _averager.Values, _averager.Verdicts);
        if (!_gates.AreOpen)
        {
            _window.Restart();
            return Now() with { Notice = notice };
        }

        IsWarm |= due;
        var mode = _gates.Modes?.Mode?.Name ?? "";
        if (_run is not null)
        {
            if (due && !hold)
            {
                _run.Add(_window, mode, frame.At);
            }

            return Now() with { Notice = notice };
        }

        return due && _watched.Find(mode) is { } watched ? Score(watched, frame, hold) with { Notice = notice }
            : Now() with { Notice = notice ?? (due ? Uncalibrated(mode) : null) };
    }

    private Observation Score(WatchedMode watched, SensorFrame frame, bool hold)
    {
        var score = watched.Score(_window.Window, _window.Present, hold || _alarm.IsActive, _channelScores, frame.Monotonic);
        WindowsScored++;
        var change = _alarm.Update(score, watched.Threshold, watched.HasSettled, frame.Monotonic);
        var evidence = change is null ? null : _evidence.Build(_window, watched, frame.Monotonic);
        watched.FollowDrift(_window.Present, hold || _alarm.IsActive, change is { Settled: true }, frame.Monotonic, _drifts);
        _watched.Accept(watched, _drifts);
        return Now() with { Score = score, Alarm = change, Evidence = evidence };
    }

    /// <summary>A window lies whole in one mode, and a delay that began in one does not end in another.</summary>
    private void FollowMode()
    {
        if (_gates.ModeChanged)
        {
            _window.Restart();
            _alarm.Interrupt();
            _watched.Interrupt();
        }
    }

    /// <summary>A model that was made for one rate is told nothing at another.</summary>
    private WatchNotice? FollowRate()
    {
        if (!_gates.RateChanged)
        {
            return null;
        }

        _alarm.Interrupt();
        var data = new Dictionary<string, string>
        {
            ["foundHz"] = _gates.Rate.FoundHz.ToString("G4", CultureInfo.InvariantCulture),
            ["expectedHz"] = _settings.RateHz.ToString("G4", CultureInfo.InvariantCulture),
        };
        return _gates.Rate.IsWrong
            ? new WatchNotice("sampling-rate-wrong", Severity.Warning, data)
            : new WatchNotice("sampling-rate-right", Severity.Info, data);
    }

    /// <summary>Says once for each mode that the machine runs in it and nothing is known of it.</summary>
    private WatchNotice? Uncalibrated(string mode) => IsCalibrated && _toldUncalibrated.Add(mode)
        ? new WatchNotice("mode-uncalibrated", Severity.Warning, new Dictionary<string, string> { ["mode"] = mode })
        : null;

    private Observation Now() => new(
        Score: null, _watched.Find(_gates.Modes?.Mode?.Name ?? "")?.Threshold, _alarm.IsActive, _gates.Health.Worst, _gates.Changes, Alarm: null, Evidence: null,
        _gates.Modes?.Mode, _drifts, Notice: null);
}
