using Microsoft.Extensions.Logging;

namespace EdgeAgent.Usb;

internal static partial class UsbLog
{
    [LoggerMessage(210, LogLevel.Information, "stick {Mount}: {Report}")]
    public static partial void Seen(ILogger log, string mount, string report);

    [LoggerMessage(211, LogLevel.Warning, "stick {Mount}: {Report}")]
    public static partial void NotTaken(ILogger log, string mount, string report);
}
