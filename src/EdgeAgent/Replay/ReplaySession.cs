using EdgeAgent.Configuration;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Decisions;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Diagnosis;
using EdgeAgent.Pipeline;
using EdgeAgent.Sensors;

namespace EdgeAgent.Replay;

/// <summary>
/// Drives the pipeline's own objects over a recording, one row at a time and without any channel between them, so that the
/// same file gives the same scores and decisions every time. Only latencies differ.
/// </summary>
internal sealed class ReplaySession(
    DeviceConfig config, LoadedWatch loaded, AskModel ask, ScoreFile? scores, DecisionFile? decisions, ReplayPlot? plot, TimeProvider time)
{
    private const string BootId = "00000000-0000-0000-0000-000000000000";

    private readonly ReplayIds _ids = new(new Random(0));
    private readonly List<AlarmDecision> _told = [];
    private long _seq;

    public ReplayTally Tally { get; } = new();

    /// <returns>null, or why the rows could not calibrate.</returns>
    public async Task<string?> RunAsync(IRecording source, int? calibrateRows, CancellationToken cancellationToken)
    {
        var options = config.Options;
        var identity = new DeviceIdentity(options.Site, options.Device, options.Machine.Id, BootId);
        var maker = new DecisionMaker(
            identity, loaded.Settings.Channels, loaded.Model.Identity, WatchPlan.WindowLength(options, loaded.Model.Contract), _ids.Next);
        var alarms = new AlarmBook(WatchPlan.Alarms(options), maker, identity, loaded.Settings.Channels);
        if (calibrateRows is not null)
        {
            loaded.Watch.BeginCalibration();
        }

        scores?.WriteHeader();
        await foreach (var row in source.ReadRowsAsync(cancellationToken).ConfigureAwait(false))
        {
            var seen = loaded.Watch.Observe(row.Frame);
            Tally.Rows++;
            if (!source.IsWaveform || seen.Score is not null)
            {
                scores?.Write(row.Timestamp ?? row.Frame.At.ToString("yyyy-MM-dd HH:mm:ss.FFF", System.Globalization.CultureInfo.InvariantCulture), seen);
            }

            plot?.Add(row.Frame, seen);
            await TellAsync(seen, maker, alarms, row, cancellationToken).ConfigureAwait(false);
            if (Tally.Rows == calibrateRows)
            {
                Tally.Calibration = loaded.Watch.FinishCalibration(out var problem);
                if (Tally.Calibration is null)
                {
                    return problem;
                }
            }
        }

        Tally.Windows = loaded.Watch.WindowsScored;
        return calibrateRows > Tally.Rows ? $"the recording has {Tally.Rows} rows, {calibrateRows} were to calibrate" : null;
    }

    private async Task TellAsync(Observation seen, DecisionMaker maker, AlarmBook alarms, RecordedRow row, CancellationToken cancellationToken)
    {
        // A recording's clock is what it is: nobody knows whether it was right.
        var moment = new Moment(row.Frame.At, Synced: false, row.Frame.Monotonic);
        foreach (var change in seen.HealthChanges)
        {
            Tally.SensorAlarms += change is { Active: true, IsUpdate: false } ? 1 : 0;
        }

        foreach (var drift in seen.Drifts)
        {
            Tally.Drifts += drift.Event == DriftEvent.Began ? 1 : 0;
            Write(maker.Drift(drift, moment));
        }

        if (seen.Notice is { } notice)
        {
            Write(maker.Notice(notice.Code, notice.Severity, notice.Data, moment));
        }

        _told.Clear();
        alarms.Follow(seen, moment, row.Frame.Monotonic, _told);
        foreach (var told in _told.Where(told => told.Published))
        {
            var decision = Write(told.Decision!);
            if (decision is { Kind: "machine", Event: "raised" })
            {
                Tally.MachineAlarms++;
                await ExplainAsync(decision, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Decision Write(Decision draft)
    {
        var decision = draft with { Seq = ++_seq };
        decisions?.Write(DecisionJson.Write(decision));
        return decision;
    }

    private async Task ExplainAsync(Decision raised, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var evidence = raised.Evidence ?? [];
        var outcome = await ask(evidence, config.FaultLibrary, cancellationToken).ConfigureAwait(false);
        var subject = new DiagnosisSubject(_ids.Next(raised.At), raised.AlarmId!.Value, raised.Id, evidence, config.FaultLibrary);
        var composed = DiagnosisComposer.Compose(subject, outcome, time.GetElapsedTime(started));
        Tally.Explained(composed);
        decisions?.Write(DiagnosisJson.Write(composed.Diagnosis));
    }
}
