using System.Globalization;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.ModelPackages;
using EdgeAgent.Core.Signals;

namespace EdgeAgent.Core.Decisions;

/// <summary>
/// Words what happened as decisions. A decision's sequence number is 0 until the outbox gives it one.
/// </summary>
/// <param name="newId">Makes a UUIDv7 for a time; injected so that a replay gives the same ids every time.</param>
public sealed class DecisionMaker(
    DeviceIdentity device, IReadOnlyList<Channel> channels, ModelIdentity model, TimeSpan windowLength, Func<DateTimeOffset, Guid> newId)
{
    private volatile Judge _judge = new(model, windowLength);

    /// <summary>From the next decision on another model decides.</summary>
    /// <param name="length">Of its windows.</param>
    public void Use(ModelIdentity model, TimeSpan length) => _judge = new Judge(model, length);

    /// <summary>An id for a new alarm.</summary>
    public Guid NewAlarm(Moment moment) => newId(moment.At);

    /// <param name="happened">The event as it is written.</param>
    /// <param name="state">Where the alarm stands after it.</param>
    /// <param name="code">How an alarm ended or went on; null if there is nothing to say.</param>
    public Decision Machine(
        AlarmChange change, Observation seen, string happened, SourceState state, string? code, IReadOnlyDictionary<string, string>? data, Moment moment) =>
        Machine(change, seen, happened, state, code, data, moment, _judge);

    private Decision Machine(
        AlarmChange change, Observation seen, string happened, SourceState state, string? code, IReadOnlyDictionary<string, string>? data, Moment moment, Judge judge) =>
        Blank("machine", happened, change.Severity, moment) with
        {
            AlarmId = state.Alarm!.Id,
            Alarm = state.Status,
            Score = change.Score,
            Threshold = seen.Threshold,
            Window = new DecisionWindow(moment.At - judge.WindowLength, moment.At),
            EvidenceVersion = EdgeAgent.Core.Diagnosis.Evidence.Version,
            Evidence = seen.Evidence,
            Models = [judge.Model],
            Mode = seen.Mode?.Name,
            Code = code,
            Data = data,
        };

    /// <param name="happened">The event as it is written.</param>
    /// <param name="state">Where the alarm stands after it.</param>
    public Decision Sensor(
        HealthChange change, string happened, SourceState state, IReadOnlyDictionary<string, string>? more, Moment moment)
    {
        var data = new Dictionary<string, string> { ["channel"] = channels[change.Channel].Name };
        if (float.IsFinite(change.Value))
        {
            data["value"] = change.Value.ToString(CultureInfo.InvariantCulture);
        }

        return Blank("sensor", happened, Severity.Warning, moment) with
        {
            AlarmId = state.Alarm!.Id,
            Alarm = state.Status,
            Code = SensorCode(change.Verdict),
            Data = With(data, more),
        };
    }

    /// <summary>What somebody, or the passing of time, did about an alarm.</summary>
    /// <param name="happened">The event as it is written.</param>
    /// <param name="state">Where the source stands after it.</param>
    /// <param name="alarm">The alarm that it was done about.</param>
    /// <param name="unseen">The decision whose findings nobody has heard yet, if there is one.</param>
    public Decision Handled(
        string happened, SourceState state, Guid alarm, IReadOnlyDictionary<string, string> more, Moment moment, Decision? unseen = null)
    {
        var source = state.Source;
        var data = source.IsMachine ? [] : new Dictionary<string, string> { ["channel"] = source.Name };
        return Blank(source.Kind, happened, state.Alarm?.Severity ?? Severity.Warning, moment) with
        {
            Machine = source.IsMachine ? source.Name : device.Machine,
            AlarmId = alarm,
            Alarm = state.Status,
            Score = unseen?.Score,
            Threshold = unseen?.Threshold,
            Window = unseen?.Window,
            EvidenceVersion = unseen?.EvidenceVersion,
            Evidence = unseen?.Evidence,
            Models = unseen?.Models,
            Mode = unseen?.Mode,
            Code = state.Alarm?.Code,
            Data = With(data, more),
        };
    }

    /// <summary>The code of a sensor alarm.</summary>
    public static string SensorCode(ChannelHealth verdict) => "sensor-" + verdict.Name();

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
        var (code, severity) = change.Event switch
        {
            DriftEvent.Began => ("drift", Severity.Warning),
            DriftEvent.Ended => ("drift-ended", Severity.Info),
            _ => ("level-accepted", Severity.Info),
        };
        return Notice(code, severity, With(data, more), moment) with { Mode = change.Mode };
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

    /// <summary>One piece, so that a decision never has the one's name and the other's window.</summary>
    private sealed record Judge(ModelIdentity Model, TimeSpan WindowLength);

    private static Dictionary<string, string> With(Dictionary<string, string> data, IReadOnlyDictionary<string, string>? more)
    {
        foreach (var (key, value) in more ?? new Dictionary<string, string>())
        {
            data[key] = value;
        }

        return data;
    }

    private static string NameOf(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        _ => "critical",
    };
}
