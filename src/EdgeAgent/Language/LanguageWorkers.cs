using EdgeAgent.Children;
using EdgeAgent.Configuration;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Language;

/// <summary>Makes the worker's client from a device's config.</summary>
internal static class LanguageWorkers
{
    /// <summary>The child itself starts with the first question.</summary>
    /// <param name="package">The package's folder; null if there is none.</param>
    public static LanguageWorkerClient Start(DeviceConfig config, string? package, TimeProvider time, ILoggerFactory logs)
    {
        var explanation = config.Options.Explanation;
        var options = new LanguageWorkerOptions
        {
            Package = package,
            Timeout = TimeSpan.FromSeconds(explanation.TimeoutSeconds),
            MemoryLimitMB = explanation.MemoryLimitMB,
            Threads = explanation.Threads,
        };
        return new LanguageWorkerClient(options, OwnProgram.Find(), time, logs.CreateLogger<LanguageWorkerClient>());
    }
}
