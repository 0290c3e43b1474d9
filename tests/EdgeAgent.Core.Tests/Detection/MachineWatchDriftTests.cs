using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;

namespace EdgeAgent.Core.Tests.Detection;

/// <summary>How alarms and drift go together, with a scorer that says what the test wants.</summary>
public sealed class MachineWatchDriftTests : IDisposable
{
    private readonly LeveledScorer _scorer = new(2);
    private readonly MachineWatch _watch;
    private readonly List<DriftChange> _drifts = [];
    private AlarmChange? _alarm;
    private int _second;

    public MachineWatchDriftTests()
    {
        Channel[] channels = [new("Flow", "flow", "l/min"), new("Pressure", "pressure", "bar")];
        var model = new LeveledModel(_scorer);
        Assert.True(SlotMap.TryCreate(model.Contract.Inputs, channels, out var map, out _));
        var settings = new WatchSettings(
            "P-1", channels, [.. channels.Select(_ => new HealthLimits(null, null, null))], new HealthDelays(TimeSpan.Zero, TimeSpan.Zero),
            1, TimeSpan.FromSeconds(5), null, null, null, null, 2, Drift: new DriftLimits(8, TimeSpan.FromMinutes(10), null));
        _watch = new MachineWatch(settings, model, map, GraphParameters.None);
        _watch.Use(LeveledModel.Calibration);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _scorer.Dispose();
    }

    [Fact]
    public void An_alarm_that_ended_at_a_new_level_is_told_as_drift_with_the_next_window()
    {
        Observe(seconds: 10, score: 3);
        Assert.True(_alarm is { Event: AlarmEvent.Raised });
        _scorer.SettledSlots[1] = 1;
        Observe(seconds: 3, score: 0);
        Assert.True(_alarm is { Event: AlarmEvent.Cleared, Settled: true });
        Assert.Empty(_drifts);

        _scorer.SettledSlots[1] = 0;
        _scorer.Levels[1] = 17;
        Observe(seconds: 1, score: 0);

        Assert.Equal([new DriftChange(DriftEvent.Began, 1, 1, null, 17, 10, 3.5, Settled: true)], _drifts);
    }

    [Fact]
    public void An_alarm_that_ended_back_in_the_band_is_no_drift()
    {
        Observe(seconds: 10, score: 3);
        Observe(seconds: 3, score: 0);
        _scorer.Levels[1] = 17;
        Observe(seconds: 300, score: 0);

        Assert.Empty(_drifts);
    }

    [Fact]
    public void While_an_alarm_stands_no_drift_begins()
    {
        _scorer.Levels[0] = 40;
        Observe(seconds: 3000, score: 3);

        Assert.Empty(_drifts);
    }

    private void Observe(int seconds, float score)
    {
        _scorer.NextScore = score;
        for (var i = 0; i < seconds; i++, _second++)
        {
            var seen = _watch.Observe(new SensorFrame(_second, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(_second), [1, 2]));
            _alarm = seen.Alarm ?? _alarm;
            _drifts.AddRange(seen.Drifts);
        }
    }

    private sealed class LeveledModel(LeveledScorer scorer) : IAnomalyModel
    {
        public static readonly Calibration Calibration = new(
            Calibration.CurrentFormat, "P-1", new ModelIdentity("leveled", "1", ""), ["Flow", "Pressure"], default, default, 1e-5,
            [new ModeCalibration(null, 100, new ThresholdEstimate(1, 1, 10, Extrapolated: true), new Dictionary<string, float[]> { ["center"] = [10, 10], ["sigma"] = [2, 2] })]);

        public ModelIdentity Identity => Calibration.Model;

        public AnomalyContract Contract { get; } = new(
            1, 2, 1, [new("flow", "l/min", true), new("pressure", "bar", true)],
            new ScoreGraphContract("", "window", null, null, "score", "channel_scores", [], [], "settled"),
            new FitGraphContract("", "windows", null, 1), [], "center", "sigma", "reference", new ThresholdPolicy(1e-5, 1), new AlarmRecommendation(1, 2, 0.35));

        public Baseline Fit(ReadOnlyMemory<float> windows, int count, ReadOnlyMemory<float> present, GraphParameters parameters) => throw new NotSupportedException();

        public IWindowScorer Open(Baseline baseline, GraphParameters parameters, ScorerStates? states = null) => scorer;

        public void Dispose()
        {
        }
    }
}
