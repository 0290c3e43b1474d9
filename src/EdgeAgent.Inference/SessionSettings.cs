using Microsoft.ML.OnnxRuntime;

namespace EdgeAgent.Inference;

/// <summary>How sessions are opened on a box that has other work to do.</summary>
internal static class SessionSettings
{
    /// <summary>
    /// One thread and no spinning: a small graph takes microseconds, and a second thread would only wait for it. The
    /// caller disposes the options.
    /// </summary>
    public static SessionOptions ForSmallGraphs()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
