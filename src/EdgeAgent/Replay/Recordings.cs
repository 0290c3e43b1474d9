using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration;
using EdgeAgent.Sensors;
using EdgeAgent.Sensors.Csv;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Replay;

/// <summary>Opens a recording that the command line names, read as the config says, whatever the config's own source is.</summary>
internal static class Recordings
{
    /// <param name="speed">Recorded seconds per real second; 0 = as fast as possible.</param>
    public static bool TryOpen(
        DeviceConfig config,
        string path,
        double speed,
        TimeProvider time,
        ILoggerFactory logs,
        [NotNullWhen(true)] out CsvSensorSource? source,
        [NotNullWhen(false)] out SensorProblem? problem)
    {
        var csv = config.Options.Source as CsvSourceOptions;
        var format = new CsvFormat(csv?.Delimiter?[0], csv?.TimeColumn, config.Options.Sampling.RateHz);
        return CsvSensorSource.TryOpen(
            path, format, config.Options.Channels, speed, time, logs.CreateLogger<CsvSensorSource>(), out source, out problem);
    }
}
