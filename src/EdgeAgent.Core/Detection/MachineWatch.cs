using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Detection;

/// <summary>
/// Everything between a frame and an alarm, as one object that both <c>run</c> and <c>replay</c> drive:
/// health gate ─▶ window ─▶ score graph ─▶ alarm state ─▶ evidence. Deterministic; not thread-safe.
/// </summary>
public sealed class MachineWatch : IDisposable
{
    private readonly WatchSettings _settings;
    private readonly IAnomalyModel _model;
    private readonly SlotMap _map;
    private readonly HealthGate _gate;
    private readonly WindowAssembler _window;
    private readonly EvidenceBuilder _evidence;
    private readonly OnsetTracker _onsets;
    private readonly float[] _channelScores;

    // What a calibration brings; null until there is one.
    private CalibrationRun? _run;
    private IWindowScorer? _scorer;
    private MachineAlarm? _alarm;

    public MachineWatch(WatchSettings settings, IAnomalyModel model, SlotMap map)
    {
        var contract = model.Contract;
        _settings = settings;
        _model = model;
        _map = map;
        _gate = new HealthGate(settings.Limits, settings.Delays, settings.MaxGap);
        _window = new WindowAssembler(map, contract.WindowSamples, contract.HopSamples, settings.MaxGap);
        _evidence = new EvidenceBuilder(map, settings.Channels, contract.WindowSamples, settings.RateHz);
        _onsets = new OnsetTracker(map.Slots.Count);
        _channelScores = new float[map.Slots.Count];
    }

    public ModelIdentity Model => _model.Identity;

    public bool IsCalibrated => _scorer is not null;

    /// <summary>Windows scored since the watch began.</summary>
    public long WindowsScored { get; private set; }

    /// <summary>Windows collected for a calibration that is under way, and how many it needs at least.</summary>
    public (int Collected, int Needed)? CalibrationProgress => _run is { } run ? (run.Count, run.Needed) : null;

    /// <summary>From now on valid windows are collected as normal ones instead of being scored.</summary>
    public void BeginCalibration() => _run = new CalibrationRun(_model, _map);

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

        Use(made.Calibration, made.Scorer);
        return made.Calibration;
    }

    /// <summary>Takes a calibration that was made earlier for this very model.</summary>
    public void Use(Calibration calibration) => Use(calibration, _model.Open(new Baseline(calibration.Baseline)));

    public Observation Observe(SensorFrame frame)
    {
        var changes = _gate.Inspect(frame);
        var due = _window.Push(frame, _gate.Verdicts);
        if (due && _run is { } run)
        {
            run.Add(_window, frame.At);
        }

        if (!due || _run is not null || _scorer is null || _alarm is null)
        {
            return At(changes, null, null, null);
        }

        var score = _scorer.Score(_window.Window, _window.Present, _alarm.IsActive, _channelScores);
        WindowsScored++;
        _onsets.Update(_channelScores, _alarm.Limits.Threshold, frame.Monotonic);
        var change = _alarm.Update(score, frame.Monotonic);
        var evidence = change is null ? null : _evidence.Build(_window, _scorer, _onsets, frame.Monotonic);
        return At(changes, score, change, evidence);
    }

    /// <summary>Tells the watch that no frame has come for too long.</summary>
    public Observation ObserveSilence(TimeSpan now)
    {
        _window.Restart();
        return At(_gate.Silence(now), null, null, null);
    }

    public void Dispose() => _scorer?.Dispose();

    private Observation At(
        IReadOnlyList<HealthChange> changes, float? score, AlarmChange? alarm, IReadOnlyList<Evidence>? evidence) =>
        new(score, _alarm?.Limits.Threshold, _alarm?.IsActive ?? false, _gate.Worst, changes, alarm, evidence);

    private void Use(Calibration calibration, IWindowScorer scorer)
    {
        var advice = _model.Contract.Alarm;
        _scorer?.Dispose();
        _scorer = scorer;
        _alarm = new MachineAlarm(new AlarmLimits(
            calibration.Threshold.Threshold,
            _settings.ClearBelow ?? advice.ClearBelow,
            _settings.OnDelay ?? TimeSpan.FromSeconds(advice.OnDelaySeconds),
            _settings.OffDelay ?? TimeSpan.FromSeconds(advice.OffDelaySeconds),
            _settings.CriticalAbove));
    }
}
