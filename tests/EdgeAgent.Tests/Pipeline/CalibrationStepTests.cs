using EdgeAgent.Commanding;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Inference.Tests.Anomaly;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Pipeline;

/// <summary>What happens to the versions of a calibration while the shipped process package watches a machine.</summary>
public sealed class CalibrationStepTests : IDisposable
{
    private static readonly Moment Now = new(ManualTime.Start, Synced: true, TimeSpan.FromMinutes(5));

    private readonly TemporaryFolder _folder = new();
    private readonly WatchedPump _pump = new(new DriftLimits(8, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30)));
    private readonly CalibrationStore _store;

    public CalibrationStepTests() => _store = new CalibrationStore(_folder.Path);

    public void Dispose()
    {
        _pump.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_automatic_calibration_is_stored_as_a_version_and_its_notice_says_whether_it_was_long_enough()
    {
        var step = Step(auto: true);
        var first = step.Begin(_pump.Watch, Now)!;
        Assert.Equal(("uncalibrated", "no calibration was made yet"), (first.Code, first.Data!["why"]));
        _pump.Run(500);
        var notice = step.Continue(_pump.Watch, Now)!;

        Assert.Equal("calibrated", notice.Code);
        Assert.Equal("0001", notice.Data!["calibration"]);
        Assert.Equal(CalibrationAdequacy.TooShort, notice.Data["adequacy"]);
        Assert.Contains("calibrate for 50 min or more", notice.Data["adequacyReason"]);
        Assert.Equal("0001", step.ActiveId);
        Assert.True(_store.TryRead("0001", out var stored, out _));
        Assert.Equal(CalibrationOrigin.Auto, stored.Origin);
    }

    [Fact]
    public void A_level_that_time_accepted_is_a_new_version_that_the_next_start_takes_with_its_states()
    {
        var draft = CalibrationDraft.Of(_pump.Calibrate(900), _pump.Watch.Contract, CalibrationOrigin.Calibrate, Now.At, Now.Synced);
        Assert.NotNull(_store.TrySave(draft, out _));
        var step = Step(auto: false);
        Assert.Null(step.Begin(_pump.Watch, Now));
        _pump.Run(1500, slot: 6, to: 20);
        _pump.Run(2700);

        var notices = step.Follow(_pump.Watch, [.. _pump.Drifts.Select(drift => drift.Change)], Now).ToArray();

        Assert.Equal(["drift", "level-accepted"], notices.Select(notice => notice.Code));
        Assert.Equal(("0002", "time", "Channel 6"), (notices[1].Data!["calibration"], notices[1].Data!["by"], notices[1].Data!["channel"]));
        Assert.True(_store.TryRead("0002", out var stored, out _));
        Assert.Equal(("0001", CalibrationOrigin.AcceptedLevel), (stored.BasedOn, stored.Origin));
        Assert.Equal(20, stored.Calibration.Modes[0].Baseline["center"][6], tolerance: 0.5);

        var next = Step(auto: false);
        Assert.Null(next.Begin(_pump.Watch, Now));
        Assert.Equal("0002", next.ActiveId);
    }

    [Fact]
    public void A_level_that_cannot_be_stored_is_in_use_all_the_same_and_the_notice_says_so()
    {
        var draft = CalibrationDraft.Of(_pump.Calibrate(900), _pump.Watch.Contract, CalibrationOrigin.Calibrate, Now.At, Now.Synced);
        Assert.NotNull(_store.TrySave(draft, out _));
        var step = Step(auto: false);
        step.Begin(_pump.Watch, Now);
        _pump.Run(1500, slot: 6, to: 20);
        _pump.Run(2700);
        Directory.Delete(Path.Combine(_folder.Path, "calibrations"), recursive: true);
        _folder.Write("calibrations", "a file where the folder should be");

        var notices = step.Follow(_pump.Watch, [.. _pump.Drifts.Select(drift => drift.Change)], Now).ToArray();

        Assert.Contains("cannot be written", notices[1].Data!["notSaved"]);
        Assert.Empty(_pump.Alarms);
    }

    [Fact]
    public async Task A_commanded_calibration_is_told_is_stored_as_such_and_only_one_runs_at_a_time()
    {
        _pump.Calibrate(900);
        var step = Step(auto: false);
        var asking = step.Requests.AskAsync(new CalibrationRequest("c-1", "shift 2"), TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
        var started = step.Continue(_pump.Watch, Now)!;
        Assert.Equal(("calibration-started", "400", "c-1", "shift 2"), (started.Code, started.Data!["windows"], started.Data["command"], started.Data["who"]));
        Assert.Equal((400, null), await asking);

        asking = step.Requests.AskAsync(new CalibrationRequest("c-2", null), TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
        Assert.Null(step.Continue(_pump.Watch, Now));
        Assert.Equal(CommandCodes.Calibrating, (await asking).Problem!.Code);

        _pump.Run(500);
        Assert.Equal("calibrated", step.Continue(_pump.Watch, Now)!.Code);
        Assert.False(step.IsCalibrating);
        Assert.True(_store.TryRead("0001", out var stored, out _));
        Assert.Equal(CalibrationOrigin.Command, stored.Origin);
    }

    [Fact]
    public async Task While_a_machine_alarm_stands_nothing_is_calibrated()
    {
        _pump.Calibrate(900);
        _pump.Run(1, slot: 0, to: 200);
        _pump.Run(200);
        Assert.True(_pump.Watch.HasAlarm);
        var step = Step(auto: false);
        var asking = step.Requests.AskAsync(new CalibrationRequest("c-1", null), TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);

        Assert.Null(step.Continue(_pump.Watch, Now));
        Assert.Equal(CommandCodes.AlarmStands, (await asking).Problem!.Code);
        Assert.Null(_pump.Watch.CalibrationProgress);
    }

    private CalibrationStep Step(bool auto)
    {
        var identity = new DeviceIdentity("site", "device", "P-1", "boot");
        var decisions = new DecisionMaker(identity, _pump.Settings.Channels, _pump.Watch.Model, TimeSpan.FromSeconds(59), at => Guid.CreateVersion7(at));
        var keeper = new StateKeeper(new StatesFile(_folder.Path), NullLogger<StateKeeper>.Instance);
        return new CalibrationStep(_store, keeper, auto, _ => 400, decisions, NullLogger<CalibrationStep>.Instance);
    }
}
