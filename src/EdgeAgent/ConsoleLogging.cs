using System.Globalization;
using EdgeAgent.Configuration;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace EdgeAgent;

/// <summary>Serilog as every command uses it.</summary>
internal static class ConsoleLogging
{
    private const string Line = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const long LargestFile = 10 << 20;
    private const int FilesKept = 3;

    /// <summary>The service logs to stdout, which systemd keeps, and to a bounded file if the config names one.</summary>
    public static ILoggerFactory ForService(LoggingOptions options, LogLevelControl level, string dataDirectory)
    {
        var serilog = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(level.Switch)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture);
        if (options.File is { } file)
        {
            serilog.WriteTo.File(
                Path.GetFullPath(file, dataDirectory), outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture,
                fileSizeLimitBytes: LargestFile, rollOnFileSizeLimit: true, retainedFileCountLimit: FilesKept);
        }

        return new SerilogLoggerFactory(serilog.CreateLogger(), dispose: true);
    }

    /// <summary>Other commands keep stdout for their answer.</summary>
    public static ILoggerFactory ToStandardError(LogLevel least) => new SerilogLoggerFactory(
        new LoggerConfiguration()
            .MinimumLevel.Is((LogEventLevel)least)
            .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger(),
        dispose: true);
}
