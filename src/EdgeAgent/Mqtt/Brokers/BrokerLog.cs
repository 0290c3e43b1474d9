using Microsoft.Extensions.Logging;

namespace EdgeAgent.Mqtt.Brokers;

/// <summary>Event ids from 145, beside those of the publish loop.</summary>
internal static partial class BrokerLog
{
    [LoggerMessage(145, LogLevel.Information, "MQTT: {Earlier} takes connections again, leaving {Current}")]
    public static partial void BackTo(ILogger log, string earlier, string current);

    [LoggerMessage(146, LogLevel.Information, "MQTT: the TLS files have changed, connecting to {Endpoint} anew")]
    public static partial void FilesChanged(ILogger log, string endpoint);

    [LoggerMessage(147, LogLevel.Warning, "MQTT: the TLS files have changed but cannot be used, so the connection to {Endpoint} stays as it is: {Problem}")]
    public static partial void FilesNotTaken(ILogger log, string endpoint, string problem);
}
