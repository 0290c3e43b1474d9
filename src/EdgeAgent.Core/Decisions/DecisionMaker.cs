using System.Globalization;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Decisions;

/// <summary>
/// Words what happened as decisions, and keeps the id of each standing alarm. A decision's sequence number is 0 until
/// the outbox gives it one.
/// </summary>
/// <param name="newId">Makes a UUIDv7 for a time; injected so that a replay gives the same ids every time.</param>
public sealed class DecisionMaker(
    DeviceIdentity device, IReadOnlyList<Channel> channels, ModelIdentity model, TimeSpan windowLength, Func<DateTimeOffset, Guid> newId)
{
    private readonly Guid?[] _sensorAlarms = new Guid?[channels.Count];
    private Guid? _machineAlarm;

    public Decision Machine(AlarmChange change, Observation seen, Moment moment)
    {
        var alarm = change.Event == AlarmEvent.Raised ? newId(moment.At) : _machineAlarm ?? newId(moment.At);
        var active = change.Event != AlarmEvent.Cleared;
        _machineAlarm = active ? alarm : null;
        return Blank("machine", NameOf(change.Event), change.Severity, moment) with
        {
            AlarmId = alarm,
            Alarm = new AlarmStatus(active, Acknowledged: false, Latched: false, ShelvedUntil: null),
            Score = change.Score,
            Threshold = seen.Threshold,
            Window = new DecisionWindow(moment.At - windowLength, moment.At),
            EvidenceVersion = EdgeAgent.Core.Diagnosis.Evidence.Version,
            Evidence = seen.Evidence,
            Models = [model],
            Mode = seen.Mode?.Name,
            Code = change.Event != AlarmEvent.Cleared ? null : change.Settled ? "settled-at-new-level" : "back-to-normal",
        };
    }

    public Decision Sensor(HealthChange change, Moment moment)
    {
        var alarm = _sensorAlarms[change.Channel] ?? newId(moment.At);
        _sensorAlarms[change.Channel] = change.Active ? alarm : null;
        var data = new Dictionary<string, string> { ["channel"] = channels[change.Channel].Name };
        if (float.IsFinite(change.Value))
        {
            data["value"] = change.Value.ToString(CultureInfo.InvariantCulture);
        }

        var happened = !change.Active ? "cleared" : change.IsUpdate ? "updated" : "raised";
        return Blank("sensor", happened, Severity.Warning, moment) with
        {
            AlarmId = alarm,
            Alarm = new AlarmStatus(change.Active, Acknowledged: false, Latched: false, ShelvedUntil: null),
            Code = "sensor-" + change.Verdict.Name(),
            Data = data,
        };
    }

    /// <summary>A channel's normal level left the calibration, came back, or was accepted.</summary>
    /// <param name="more">Further data; null = none.</param>
    public Decision Drift(DriftChange change, Moment moment, IReadOnlyDictionary<string, string>? more = null)
    {
        var channel = channels[change.Channel];
        var data = new Dictionary<string, string>
        {
            ["channel"] = channel.Name,
            ["unit"] = channel.Unit,
            ["level"] = change.Level.ToString("G5", CultureInfo.InvariantCulture),
            ["calibrated"] = change.Calibrated.ToString("G5", CultureInfo.InvariantCulture),
            ["deviationSigma"] = change.DeviationSigma.ToString("F1", CultureInfo.InvariantCulture),
            ["reason"] = change.Settled ? "settled" : "slow",
        };
        foreach (var (key, value) in more ?? new Dictionary<string, string>())
        {
            data[key] = value;
        }

        var (code, severity) = change.Event switch
        {
            DriftEvent.Began => ("drift", Severity.Warning),
            DriftEvent.Ended => ("drift-ended", Severity.Info),
            _ => ("level-accepted", Severity.Info),
        };
        return Notice(code, severity, data, moment) with { Mode = change.Mode };
    }

    /// <summary>Something about the agent itself, e.g. that it runs uncalibrated.</summary>
    public Decision Notice(string code, Severity severity, IReadOnlyDictionary<string, string> data, Moment moment) =>
        Blank("agent", "notice", severity, moment) with { Code = code, Data = data };

    private Decision Blank(string kind, string happened, Severity severity, Moment moment) => new(
        Decision.SchemaName,
        newId(moment.At),
        Seq: 0,
        device.BootId,
        AlarmId: null,
        device.Site,
        device.Device,
        device.Machine,
        moment.At,
        moment.Synced ? "synced" : "unsynced",
        (long)moment.SinceBoot.TotalMilliseconds,
        kind,
        happened,
        Alarm: null,
        NameOf(severity),
        Score: null,
        Threshold: null,
        Window: null,
        EvidenceVersion: null,
        Evidence: null,
        Models: null,
        Mode: null,
        Code: null,
        Data: null);

    private static string NameOf(AlarmEvent happened) => happened switch
    {
        AlarmEvent.Raised => "raised",
        AlarmEvent.Updated => "updated",
        _ => "cleared",
    };

    private static string NameOf(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        _ => "critical",
    };
}
