using Microsoft.Extensions.Logging;

namespace EdgeAgent.Mqtt.HomeAssistant;

/// <summary>Event ids 19x.</summary>
internal static partial class HomeAssistantLog
{
    [LoggerMessage(190, LogLevel.Warning, "Not announced to Home Assistant, {Topic}: {Text}")]
    public static partial void NotAnnounced(ILogger log, string topic, string text);
}
