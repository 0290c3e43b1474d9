using EdgeAgent.Core.Snapshots;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>What the log is told of the readings around alarms.</summary>
internal static partial class SnapshotLog
{
    [LoggerMessage(200, LogLevel.Information, "Kept {Readings} readings around alarm {AlarmId}: {Before:0.0} s before and {After:0.0} s after it, {End}")]
    public static partial void Written(ILogger log, Guid alarmId, int readings, double before, double after, SnapshotEnd end);

    [LoggerMessage(201, LogLevel.Warning,
        "Memory and quota hold {Before:0.0} s before and {After:0.0} s after an alarm; asked for are {AskedBefore} and {AskedAfter} s, and {Megabytes:0.0} MB may be taken")]
    public static partial void Shortened(ILogger log, double before, double after, double askedBefore, double askedAfter, double megabytes);

    [LoggerMessage(202, LogLevel.Warning, "The readings around alarm {AlarmId} are not kept: {Why}")]
    public static partial void NotTaken(ILogger log, Guid? alarmId, string why);

    [LoggerMessage(203, LogLevel.Error, "Readings around alarms cannot be kept, alarms are not touched by this: {Problem}")]
    public static partial void Failing(ILogger log, string problem, Exception? exception);

    [LoggerMessage(204, LogLevel.Information, "Readings around alarms are kept again")]
    public static partial void WorksAgain(ILogger log);
}
