using Microsoft.Extensions.Logging;

namespace EdgeAgent.Outputs;

/// <summary>What outputs tell the log. Event ids 22x.</summary>
internal static partial class OutputLog
{
    [LoggerMessage(220, LogLevel.Warning, "Output {Output} cannot be driven: {Fault}, {Why}")]
    public static partial void Unusable(ILogger log, string output, string fault, string why);

    [LoggerMessage(221, LogLevel.Information, "Output {Output} can be driven again")]
    public static partial void Usable(ILogger log, string output);
}
