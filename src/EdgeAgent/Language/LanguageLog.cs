using Microsoft.Extensions.Logging;

namespace EdgeAgent.Language;

/// <summary>What the agent's side of the worker tells the log.</summary>
internal static partial class LanguageLog
{
    [LoggerMessage(135, LogLevel.Information, "Language worker {ProcessId} is ready with {Name} {Version} after {LatencyMs} ms")]
    public static partial void Ready(ILogger log, int processId, string name, string version, long latencyMs);

    [LoggerMessage(136, LogLevel.Warning, "Language worker {ProcessId} is given up: {Why}")]
    public static partial void GivenUp(ILogger log, int processId, string why);

    [LoggerMessage(137, LogLevel.Information, "Language worker says: {Line}")]
    public static partial void Says(ILogger log, string line);
}
