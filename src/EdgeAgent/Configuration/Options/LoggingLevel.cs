namespace EdgeAgent.Configuration;

/// <summary>How much the log says.</summary>
internal enum LoggingLevel
{
    Debug,
    Information,
    Warning,
    Error,
}
