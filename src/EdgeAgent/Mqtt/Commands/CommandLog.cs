using Microsoft.Extensions.Logging;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>What commands tell the log. Event ids 18x. Whatever a stranger wrote is quoted before it comes here.</summary>
internal static partial class CommandLog
{
    [LoggerMessage(180, LogLevel.Information, "Commands are taken on {Filter}")]
    public static partial void Listening(ILogger log, string filter);

    [LoggerMessage(181, LogLevel.Warning, "No commands are taken, the subscription was not granted: {Text}")]
    public static partial void NotListening(ILogger log, string text);

    [LoggerMessage(182, LogLevel.Warning, "Command {Name} is not carried out, {Code}: {Why}; {Others} others since the last such line")]
    public static partial void Rejected(ILogger log, string name, string code, string why, long others);

    [LoggerMessage(183, LogLevel.Information, "Command {Name} {Id} of {Who}: {Result}, {Message}")]
    public static partial void Executed(ILogger log, string name, string id, string who, string result, string message);

    [LoggerMessage(184, LogLevel.Error, "Command {Name} {Id} broke")]
    public static partial void Broke(ILogger log, string name, string id, Exception exception);

    [LoggerMessage(185, LogLevel.Error, "The memory of commands cannot be written: {Problem}")]
    public static partial void MemoryFailing(ILogger log, string problem);

    [LoggerMessage(186, LogLevel.Warning, "An answer was not taken by the broker: {Text}")]
    public static partial void AnswerNotTaken(ILogger log, string text);
}
