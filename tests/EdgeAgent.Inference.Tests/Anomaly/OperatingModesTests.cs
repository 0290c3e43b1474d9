using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Modes;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Inference.Tests.Anomaly;

/// <summary>A pump that is off, idles and works, watched with the shipped package.</summary>
public sealed class OperatingModesTests : IDisposable
{
    private static readonly Channel[] Channels = [new("Flow", "flow", "l/min"), new("Motor current", "current", "A")];

    private static readonly ModeRule Rule = new(
        1, [new("off", 0.5, Watch: false), new("idle", 2, Watch: true), new("load", null, Watch: true)], Deadband: 0.2, TimeSpan.FromSeconds(5));

    private readonly OnnxAnomalyModel _model;
    private readonly MachineWatch _watch;
    private readonly Random _random = new(3);
    private readonly List<Observation> _seen = [];
    private int _second;

    public OperatingModesTests()
    {
        Assert.True(OnnxAnomalyModel.TryLoad(Shipped.Package("process-anomaly"), out var model, out var problem), problem?.ToString());
        _model = model;
        SlotMap.TryCreate(model.Contract.Inputs, Channels, out var map, out _);
        var settings = new WatchSettings(
            "pump", Channels, [new HealthLimits(null, null, null), new HealthLimits(null, null, null)],
            new HealthDelays(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)), 1, TimeSpan.FromSeconds(5), null, null, null, null, 2, Rule);
        _watch = new MachineWatch(settings, model, map!, GraphParameters.None);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void Each_mode_has_its_own_normal_and_changing_between_them_is_no_alarm()
    {
        Calibrate(("off", 100), ("idle", 400), ("load", 400));

        Run(("load", 200), ("idle", 200), ("off", 300), ("idle", 200), ("load", 200));

        Assert.DoesNotContain(_seen, seen => seen.AlarmActive);
        Assert.Contains(_seen, seen => seen is { Mode.Name: "idle", Score: not null });
        Assert.DoesNotContain(_seen, seen => seen is { Mode.Name: "off", Score: not null });
    }

    [Fact]
    public void A_machine_that_is_switched_off_is_no_anomaly()
    {
        Calibrate(("load", 600));

        Run(("load", 100), ("off", 500), ("load", 200));

        Assert.DoesNotContain(_seen, seen => seen.AlarmActive);
        Assert.All(_seen.Where(seen => seen.Mode?.Name == "off"), seen => Assert.Null(seen.Score));
    }

    [Fact]
    public void A_fault_in_one_mode_is_found_and_its_alarm_stands_while_the_machine_is_off()
    {
        Calibrate(("idle", 400), ("load", 400));

        Run(("load", 100));
        Run(flowLost: 3, ("load", 60), ("off", 120));

        Assert.Contains(_seen, seen => seen.Alarm?.Event == AlarmEvent.Raised && seen.Mode?.Name == "load");
        Assert.True(_seen[^1].AlarmActive);
        Run(("load", 300));
        Assert.False(_seen[^1].AlarmActive);
    }

    [Fact]
    public void A_mode_that_calibration_never_saw_is_told_once_and_not_scored()
    {
        Calibrate(("load", 600));

        Run(("load", 100), ("idle", 200), ("load", 100), ("idle", 200));

        var notice = Assert.Single(_seen, seen => seen.Notice is not null).Notice!;
        Assert.Equal(("mode-uncalibrated", "idle"), (notice.Code, notice.Data["mode"]));
        Assert.DoesNotContain(_seen, seen => seen is { Mode.Name: "idle", Score: not null });
    }

    private void Calibrate(params (string Mode, int Seconds)[] parts)
    {
        _watch.BeginCalibration();
        Run(parts);
        var made = _watch.FinishCalibration(out var problem);
        Assert.True(made is not null, problem);
        Assert.Equal(parts.Select(part => part.Mode).Where(mode => mode != "off").Order(StringComparer.Ordinal), made.Modes.Select(mode => mode.Mode));
        _seen.Clear();
    }

    private void Run(params (string Mode, int Seconds)[] parts) => Run(flowLost: 0, parts);

    private void Run(double flowLost, params (string Mode, int Seconds)[] parts)
    {
        foreach (var (mode, seconds) in parts)
        {
            var (flow, current) = mode switch { "off" => (0.0, 0.0), "idle" => (8.0, 1.2), _ => (32.0, 4.0) };
            for (var i = 0; i < seconds; i++)
            {
                float[] values = [(float)(flow - flowLost + Noise(0.3)), (float)(current + Noise(0.03))];
                var at = TimeSpan.FromSeconds(_second);
                var seen = _watch.Observe(new SensorFrame(_second++, DateTimeOffset.UnixEpoch + at, at, values));
                _seen.Add(seen);
            }
        }
    }

    private double Noise(double sigma) => sigma * 2 * (_random.NextDouble() + _random.NextDouble() + _random.NextDouble() - 1.5);
}
