using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>What the loops tell the log. Event ids are stable: 10x sensors, 11x detection, 12x storage, 13x language, 14x MQTT, 15x the pipeline, 16x drift and states.</summary>
internal static partial class PipelineLog
{
    [LoggerMessage(100, LogLevel.Information, "Reading {Source}")]
    public static partial void Reading(ILogger log, string source);

    [LoggerMessage(101, LogLevel.Information, "The source has ended after {Frames} readings")]
    public static partial void SourceEnded(ILogger log, long frames);

    [LoggerMessage(102, LogLevel.Error, "The source failed: {Problem}")]
    public static partial void SourceFailed(ILogger log, string problem);

    [LoggerMessage(110, LogLevel.Warning, "Machine alarm {Event}: score {Score:0.00} at threshold {Threshold:0.00}, {Severity}, alarm {AlarmId}")]
    public static partial void MachineAlarm(ILogger log, string @event, double? score, double? threshold, string severity, Guid? alarmId);

    [LoggerMessage(111, LogLevel.Warning, "Sensor alarm {Event}: {Code} on {Channel}, alarm {AlarmId}")]
    public static partial void SensorAlarm(ILogger log, string @event, string? code, string channel, Guid? alarmId);

    [LoggerMessage(119, LogLevel.Warning, "Watching: {Code}, {Data}")]
    public static partial void Notice(ILogger log, string code, string data);

    [LoggerMessage(112, LogLevel.Warning, "Running uncalibrated, sensor alarms only: {Why}")]
    public static partial void Uncalibrated(ILogger log, string why);

    [LoggerMessage(113, LogLevel.Information, "Calibrating on the next {Windows} normal windows")]
    public static partial void Calibrating(ILogger log, int windows);

    [LoggerMessage(114, LogLevel.Information, "Calibrated on {Windows} windows: threshold {Threshold:0.000}, extrapolated {Extrapolated}")]
    public static partial void Calibrated(ILogger log, int windows, double threshold, bool extrapolated);

    [LoggerMessage(115, LogLevel.Warning, "Calibration failed: {Problem}")]
    public static partial void CalibrationFailed(ILogger log, string problem);

    [LoggerMessage(116, LogLevel.Information, "Using calibration {Id} ({Origin}, {Created:yyyy-MM-dd HH:mm:ss})")]
    public static partial void CalibrationTaken(ILogger log, string id, string origin, DateTimeOffset created);

    [LoggerMessage(117, LogLevel.Warning, "The calibration is too short: {Why}")]
    public static partial void CalibrationTooShort(ILogger log, string why);

    [LoggerMessage(162, LogLevel.Information, "Going on from the states of {At:yyyy-MM-dd HH:mm:ss} ({Clock})")]
    public static partial void StatesTaken(ILogger log, DateTimeOffset at, string clock);

    [LoggerMessage(163, LogLevel.Warning, "The references start at the calibration: {Why}")]
    public static partial void StatesLeftOut(ILogger log, string why);

    [LoggerMessage(160, LogLevel.Warning, "The states of the score graph are not kept: {Problem}")]
    public static partial void StatesNotKept(ILogger log, string problem);

    [LoggerMessage(161, LogLevel.Warning, "{Code}: {Channel} is at {Level} {Unit}, calibrated at {Calibrated}, {DeviationSigma} sigma ({Reason})")]
    public static partial void Drift(ILogger log, string code, string channel, string level, string unit, string calibrated, string deviationSigma, string reason);

    [LoggerMessage(120, LogLevel.Information, "stored {Kind} {Id} seq {Seq}")]
    public static partial void Stored(ILogger log, string kind, Guid id, long? seq);

    [LoggerMessage(121, LogLevel.Error, "Cannot store {Count} records, holding them in memory and trying again: {Problem}")]
    public static partial void StorageFailing(ILogger log, string problem, int count);

    [LoggerMessage(122, LogLevel.Information, "Storing works again after {Failures} failures")]
    public static partial void StorageRecovered(ILogger log, int failures);

    [LoggerMessage(123, LogLevel.Warning, "No room for {Kind} {Id} seq {Seq}: all that is stored ranks higher; it is counted as lost")]
    public static partial void NoRoom(ILogger log, string kind, Guid id, long? seq);

    [LoggerMessage(124, LogLevel.Warning, "Cannot take {Count} acknowledged records out of the outbox, trying again: {Problem}")]
    public static partial void NotTakenOut(ILogger log, int count, string problem);

    [LoggerMessage(130, LogLevel.Information, "Explained alarm {AlarmId} as {Fault} by {Author} in {LatencyMs} ms")]
    public static partial void Explained(ILogger log, Guid alarmId, string fault, string author, long latencyMs);

    [LoggerMessage(131, LogLevel.Warning, "The language model gave no answer, so the template explains: {Why}")]
    public static partial void TemplateInstead(ILogger log, string why);

    [LoggerMessage(132, LogLevel.Warning, "Too many alarms wait for an explanation; alarm {AlarmId} goes without")]
    public static partial void TooManyToExplain(ILogger log, Guid? alarmId);

    [LoggerMessage(140, LogLevel.Information, "MQTT connected: {Text}")]
    public static partial void Connected(ILogger log, string text);

    [LoggerMessage(141, LogLevel.Warning, "MQTT not connected: {Text}; {Waiting} records wait on disk")]
    public static partial void NotConnected(ILogger log, string text, long waiting);

    [LoggerMessage(142, LogLevel.Warning, "MQTT connection lost: {Text}")]
    public static partial void ConnectionLost(ILogger log, string text);

    [LoggerMessage(143, LogLevel.Warning, "The broker refused {Kind} {Id}, kept for a retry: {Text}")]
    public static partial void Refused(ILogger log, string kind, Guid id, string text);

    [LoggerMessage(144, LogLevel.Error, "The broker refused {Kind} {Id} for good, moved to the dead letters: {Text}")]
    public static partial void Dead(ILogger log, string kind, Guid id, string text);

    [LoggerMessage(118, LogLevel.Warning, "An installed package is passed over: {Problem}")]
    public static partial void PackagePassedOver(ILogger log, string problem);

    [LoggerMessage(148, LogLevel.Warning, "MQTT: {Count} connections in a row did not last; does another client use the id {ClientId}?")]
    public static partial void ShortLives(ILogger log, int count, string clientId);

    [LoggerMessage(150, LogLevel.Information,
        "Ended: {Windows} windows scored of {Readings} readings, {Alarms} alarms, {ByModel} explained by the model, {ByTemplate} by the template, {Stored} stored, {Delivered} delivered")]
    public static partial void Ended(ILogger log, long windows, long readings, long alarms, long byModel, long byTemplate, long stored, long delivered);

    [LoggerMessage(151, LogLevel.Critical, "The pipeline broke")]
    public static partial void Broken(ILogger log, Exception exception);

    [LoggerMessage(152, LogLevel.Information, "Reloading the config")]
    public static partial void Reloading(ILogger log);

    [LoggerMessage(153, LogLevel.Error, "The new config is refused, the old one stays: {Problem}")]
    public static partial void ReloadRefused(ILogger log, string problem);
}
