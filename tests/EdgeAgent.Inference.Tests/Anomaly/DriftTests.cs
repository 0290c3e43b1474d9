using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Detection;

namespace EdgeAgent.Inference.Tests.Anomaly;

/// <summary>A level that goes away slowly, on the real graphs of the shipped process package.</summary>
public sealed class DriftTests
{
    private const int FluidTemperature = 6;

    [Fact]
    public void A_slow_drift_is_followed_without_an_alarm_told_once_and_told_again_when_it_is_over()
    {
        using var pump = Pump(acceptAfter: null);
        pump.Calibrate(900);
        pump.Run(1500, FluidTemperature, to: 20);
        pump.Run(1500);
        Assert.Single(pump.Drifts);
        pump.Run(1500, FluidTemperature, to: 10);
        pump.Run(600);

        Assert.Empty(pump.Alarms);
        Assert.Equal([DriftEvent.Began, DriftEvent.Ended], pump.Drifts.Select(drift => drift.Change.Event));
        Assert.All(pump.Drifts, drift => Assert.Equal(FluidTemperature, drift.Change.Channel));
        Assert.InRange(pump.Drifts[0].Change.DeviationSigma, 8, 30);
    }

    [Fact]
    public void After_the_long_time_the_level_is_normal_thresholds_and_sigmas_stay_and_no_score_jumps()
    {
        using var pump = Pump(TimeSpan.FromMinutes(30));
        var before = pump.Calibrate(900);
        pump.Run(1500, FluidTemperature, to: 20);
        var scores = pump.Run(2700);
        var after = pump.Watch.Calibration!;

        Assert.Equal([DriftEvent.Began, DriftEvent.Accepted], pump.Drifts.Select(drift => drift.Change.Event));
        Assert.Equal(before.Modes[0].Threshold, after.Modes[0].Threshold);
        Assert.Equal(before.Modes[0].Baseline["sigma"], after.Modes[0].Baseline["sigma"]);
        Assert.Equal(before.Modes[0].Baseline["center"][..6], after.Modes[0].Baseline["center"][..6]);
        Assert.Equal(20, after.Modes[0].Baseline["center"][FluidTemperature], tolerance: 0.5);
        Assert.Equal(10, before.Modes[0].Baseline["center"][FluidTemperature], tolerance: 0.5);
        Assert.True(scores.Max() < 1, $"{scores.Max()}");
        Assert.Empty(pump.Alarms);
    }

    [Fact]
    public void A_step_raises_an_alarm_and_when_that_settles_at_the_new_level_the_step_is_drift()
    {
        using var pump = Pump(acceptAfter: null);
        pump.Calibrate(2000);
        pump.Run(600, slot: 1);
        pump.Run(10, slot: 1, to: 20);
        pump.Run(90, slot: 1, to: 13);
        pump.Run(900);

        Assert.Equal([AlarmEvent.Raised, AlarmEvent.Cleared], pump.Alarms.Select(seen => seen.Alarm!.Value.Event).Where(change => change != AlarmEvent.Updated));
        Assert.True(pump.Alarms[^1].Alarm!.Value.Settled);
        var drift = Assert.Single(pump.Drifts).Change;
        Assert.Equal((DriftEvent.Began, 1, true), (drift.Event, drift.Channel, drift.Settled));
        Assert.InRange(drift.Level, 12, 14.5);
    }

    [Fact]
    public void The_calibration_itself_learns_nothing_from_a_drift_that_nobody_accepted()
    {
        using var pump = Pump(acceptAfter: null);
        var before = pump.Calibrate(900);
        pump.Run(1500, FluidTemperature, to: 20);
        pump.Run(1500);

        Assert.Same(before, pump.Watch.Calibration);
        Assert.Equal(10, before.Modes[0].Baseline["center"][FluidTemperature], tolerance: 0.5);
    }

    [Fact]
    public void With_its_states_a_restarted_watch_knows_a_machine_that_drifted_and_without_them_it_raises_an_alarm()
    {
        using var pump = Pump(acceptAfter: null);
        var calibration = pump.Calibrate(900);
        pump.Run(4000, slot: 0, to: 15);
        Assert.Empty(pump.Alarms);
        var states = pump.Watch.CaptureStates();

        pump.Restart(calibration, states);
        pump.Run(300);
        Assert.Empty(pump.Alarms);

        pump.Restart(calibration, states: null);
        pump.Run(300);
        Assert.NotEmpty(pump.Alarms);
    }

    [Fact]
    public void States_that_do_not_fit_the_model_are_told_apart_from_those_that_do()
    {
        using var pump = Pump(acceptAfter: null);
        pump.Calibrate(900);
        var contract = pump.Watch.Contract;
        var states = pump.Watch.CaptureStates();
        var tensors = states[0].Tensors;

        Assert.Null(ModeStates.Misfit(states, contract));
        Assert.Contains("no states", ModeStates.Misfit(null, contract));
        Assert.Contains("7 values of reference_in", ModeStates.Misfit([With(new float[7])], contract));
        Assert.Contains("no number", ModeStates.Misfit([With([.. tensors["reference_in"][1..], float.NaN])], contract));
        Assert.Contains("drift", ModeStates.Misfit([states[0] with { Drift = [default] }], contract));

        ModeStates With(float[] reference) => states[0] with
        {
            Tensors = tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Key == "reference_in" ? reference : tensor.Value),
        };
    }

    private static WatchedPump Pump(TimeSpan? acceptAfter) => new(new DriftLimits(8, TimeSpan.FromMinutes(10), acceptAfter));
}
