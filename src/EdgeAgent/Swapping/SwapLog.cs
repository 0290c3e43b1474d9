using Microsoft.Extensions.Logging;

namespace EdgeAgent.Swapping;

/// <summary>What swaps tell the log. Event ids 17x.</summary>
internal static partial class SwapLog
{
    [LoggerMessage(171, LogLevel.Information, "Package {File}: {Result}: {Reason}")]
    public static partial void Outcome(ILogger log, string file, string result, string reason);

    [LoggerMessage(172, LogLevel.Information, "{Model} goes beside the model in use")]
    public static partial void Shadowing(ILogger log, ModelTicket model);

    [LoggerMessage(173, LogLevel.Warning, "{Model} is not taken: {Why}")]
    public static partial void NotTaken(ILogger log, ModelTicket model, string why);

    [LoggerMessage(174, LogLevel.Information, "{Model} decides from now on; at most {Most} anomaly models were loaded at once")]
    public static partial void Activated(ILogger log, ModelTicket model, int most);

    [LoggerMessage(175, LogLevel.Warning, "Went back from {Model}: {Why}")]
    public static partial void WentBack(ILogger log, ModelTicket model, string why);

    [LoggerMessage(176, LogLevel.Information, "{Model} has passed its probation")]
    public static partial void Proven(ILogger log, ModelTicket model);

    [LoggerMessage(177, LogLevel.Error, "Packages cannot be handled now, trying again: {Problem}")]
    public static partial void Failing(ILogger log, string problem);

    [LoggerMessage(178, LogLevel.Information, "Package {File} waits: {Model} is on probation")]
    public static partial void Waits(ILogger log, string file, ModelTicket model);

    [LoggerMessage(179, LogLevel.Warning, "{Model} cannot go on: {Why}")]
    public static partial void Left(ILogger log, string model, string why);
}
