using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration;
using EdgeAgent.Sensors;
using EdgeAgent.Sensors.Csv;
using EdgeAgent.Sensors.Npy;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Replay;

/// <summary>
/// Opens a recording that the command line names, read as the config says, whatever the config's own source is. A name that
/// ends in .npy is a NumPy array; anything else is CSV.
/// </summary>
internal static class Recordings
{
    /// <param name="speed">Recorded seconds per real second; 0 = as fast as possible.</param>
    public static bool TryOpen(
        DeviceConfig config,
        string path,
        double speed,
        TimeProvider time,
        ILoggerFactory logs,
        [NotNullWhen(true)] out IRecording? source,
        [NotNullWhen(false)] out SensorProblem? problem)
    {
        var options = config.Options;
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            var isArray = NpySensorSource.TryOpen(path, options.Channels.Count, options.Sampling.RateHz, speed, time, out var array, out problem);
            source = array;
            return isArray;
        }

        var csv = options.Source as CsvSourceOptions;
        var format = new CsvFormat(csv?.Delimiter?[0], csv?.TimeColumn, options.Sampling.RateHz);
        var opened = CsvSensorSource.TryOpen(
            path, format, options.Channels, speed, time, logs.CreateLogger<CsvSensorSource>(), out var table, out problem);
        source = table;
        return opened;
    }
}
