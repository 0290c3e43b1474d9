using EdgeAgent.Core.Alarms;
using EdgeAgent.Pipeline;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Alarms;

/// <summary>What happens to alarms, for the log. Event ids 17x; raises and ends of alarms are 11x.</summary>
internal static partial class AlarmLog
{
    /// <summary>One line per decision.</summary>
    public static void Tell(ILogger log, AlarmDecision told)
    {
        if (told.Decision is not { } decision)
        {
            return;
        }

        switch (decision)
        {
            case { Kind: "machine", Score: not null }:
                PipelineLog.MachineAlarm(log, decision.Event, decision.Score, decision.Threshold, decision.Severity, decision.AlarmId);
                break;
            case { Kind: "sensor", Event: "raised" or "updated" or "cleared" }:
                PipelineLog.SensorAlarm(log, decision.Event, decision.Code, decision.Data!["channel"], decision.AlarmId);
                break;
            case { Kind: "agent" }:
                PipelineLog.Notice(log, decision.Code!, string.Join(", ", decision.Data!.Select(item => $"{item.Key} {item.Value}")));
                break;
            default:
                Handled(log, decision.Event, decision.Kind, decision.AlarmId, string.Join(", ", decision.Data!.Select(item => $"{item.Key} {item.Value}")));
                break;
        }

        if (!told.Published)
        {
            Withheld(log, decision.Event, decision.AlarmId, told.State?.Shelf is not null ? "shelved" : "suppressed in a flood");
        }
    }

    [LoggerMessage(170, LogLevel.Information, "The {Kind} alarm of {Name} goes on: alarm {AlarmId} is {Phase}, shelved until {ShelvedUntil:yyyy-MM-dd HH:mm:ss}")]
    public static partial void GoesOn(ILogger log, string kind, string name, Guid? alarmId, string? phase, DateTimeOffset? shelvedUntil);

    [LoggerMessage(171, LogLevel.Information, "Asked to {Operation} alarm {AlarmId} by {Who}: {Text}")]
    public static partial void Asked(ILogger log, AlarmOperation operation, Guid alarmId, string? who, string text);

    [LoggerMessage(172, LogLevel.Information, "{Event} for {AlarmId} is not published: {Why}")]
    public static partial void Withheld(ILogger log, string @event, Guid? alarmId, string why);

    [LoggerMessage(173, LogLevel.Error, "The alarm journal cannot be written, so a restart would forget where alarms stand: {Problem}")]
    public static partial void JournalFailing(ILogger log, string problem);

    [LoggerMessage(174, LogLevel.Information, "The alarm journal is written again; {Lost} entries of its history are lost")]
    public static partial void JournalRecovered(ILogger log, long lost);

    [LoggerMessage(175, LogLevel.Error, "{Path} was damaged and is set aside as {SetAside}: of {Standing} sources it is still known where their alarms stand, others are raised again; {History} entries of the history are there")]
    public static partial void JournalReplaced(ILogger log, string path, string setAside, int standing, int history);

    [LoggerMessage(176, LogLevel.Warning, "No alarm commands on this device: {Problem}")]
    public static partial void NoSocket(ILogger log, string problem);

    [LoggerMessage(177, LogLevel.Information, "Alarm {Event} ({Kind}), alarm {AlarmId}: {Data}")]
    public static partial void Handled(ILogger log, string @event, string kind, Guid? alarmId, string data);
}
