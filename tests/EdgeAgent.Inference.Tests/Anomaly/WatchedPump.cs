using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Inference.Tests.Anomaly;

/// <summary>A machine watch on the shipped process package and eight channels of noise around 10, one reading a second.</summary>
internal sealed class WatchedPump : IDisposable
{
    private readonly OnnxAnomalyModel _model;
    private readonly WatchSettings _settings;
    private readonly SlotMap _map;
    private readonly float[] _levels = [.. Enumerable.Repeat(10f, 8)];
    private Random _random = new(4);
    private int _second;

    public WatchedPump(DriftLimits? drift)
    {
        Assert.True(OnnxAnomalyModel.TryLoad(Shipped.Package("process-anomaly"), out var model, out var problem), problem?.ToString());
        _model = model;
        var channels = model.Contract.Inputs.Take(8).Select((slot, i) => new Channel($"Channel {i}", slot.Role, slot.Unit)).ToArray();
        Assert.True(SlotMap.TryCreate(model.Contract.Inputs, channels, out var map, out var why), why);
        _map = map;
        _settings = new WatchSettings(
            "P-1", channels, [.. channels.Select(_ => new HealthLimits(null, null, null))], new HealthDelays(TimeSpan.Zero, TimeSpan.Zero),
            1, TimeSpan.FromSeconds(5), null, null, null, null, 2, Drift: drift);
        Watch = New();
    }

    public MachineWatch Watch { get; private set; }

    public WatchSettings Settings => _settings;

    public List<Observation> Alarms { get; } = [];

    public List<(int Second, DriftChange Change)> Drifts { get; } = [];

    /// <summary>Readings go on from the same second with the same noise on a watch of its own.</summary>
    public void Restart(Calibration calibration, IReadOnlyList<ModeStates>? states)
    {
        Watch.Dispose();
        Watch = New();
        Watch.Use(calibration, states);
        _random = new Random(5);
    }

    public Calibration Calibrate(int seconds)
    {
        Watch.BeginCalibration();
        Run(seconds);
        return Watch.FinishCalibration(out var problem) ?? throw new InvalidOperationException(problem);
    }

    /// <summary>Runs on while one slot's level goes to another value in a straight line.</summary>
    /// <returns>The scores.</returns>
    public List<float> Run(int seconds, int slot = 0, float? to = null)
    {
        var from = _levels[slot];
        var scores = new List<float>();
        for (var i = 1; i <= seconds; i++)
        {
            _levels[slot] = from + (((to ?? from) - from) * i / seconds);
            var values = _levels.Select(level => level + (float)(_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5)).ToArray();
            var seen = Watch.Observe(new SensorFrame(_second, DateTimeOffset.UnixEpoch.AddSeconds(_second), TimeSpan.FromSeconds(_second), values));
            _second++;
            if (seen.Score is { } score)
            {
                scores.Add(score);
            }

            if (seen.Alarm is not null)
            {
                Alarms.Add(seen);
            }

            Drifts.AddRange(seen.Drifts.Select(change => (_second, change)));
        }

        return scores;
    }

    public void Dispose()
    {
        Watch.Dispose();
        _model.Dispose();
    }

    private MachineWatch New() => new(_settings, _model, _map, GraphParameters.None);
}
