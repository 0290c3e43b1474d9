using System.Diagnostics.CodeAnalysis;
using EdgeAgent.Configuration;
using EdgeAgent.Sensors.Csv;
using EdgeAgent.Sensors.Hardware;
using EdgeAgent.Sensors.Npy;
using EdgeAgent.Sensors.Simulation;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Sensors;

/// <summary>Opens the source that a config names: the one place that knows every kind.</summary>
internal static class SensorSources
{
    public static bool TryOpen(
        DeviceConfig config,
        TimeProvider time,
        ILoggerFactory logs,
        [NotNullWhen(true)] out ISensorSource? source,
        [NotNullWhen(false)] out SensorProblem? problem)
    {
        var options = config.Options;
        source = null;
        problem = null;
        switch (options.Source)
        {
            case SimulationOptions simulated:
                source = new SimulatedSensorSource(simulated, Simulations.Create(simulated, options), options.Sampling.RateHz, time);
                return true;
            case CsvSourceOptions csv:
                var format = new CsvFormat(csv.Delimiter?[0], csv.TimeColumn, options.Sampling.RateHz);
                var path = ConfigPaths.Beside(config.File, csv.Path);
                var opened = CsvSensorSource.TryOpen(path, format, options.Channels, csv.Speed, time, logs.CreateLogger<CsvSensorSource>(), out var file, out problem);
                source = file;
                return opened;
            case NpySourceOptions npy:
                var arrayPath = ConfigPaths.Beside(config.File, npy.Path);
                var isArray = NpySensorSource.TryOpen(arrayPath, options.Channels.Count, options.Sampling.RateHz, npy.Speed, time, out var array, out problem);
                source = array;
                return isArray;
            case HardwareSourceOptions hardware:
                var devices = new SensorDevices(hardware.Adapter);
                var sensors = hardware.Sensors.Cast<PolledSensorOptions>().Select(sensor => (SensorPlan.Of(sensor, options), devices.Create(sensor)));
                source = new HardwareSource([.. sensors], options.Channels.Count, options.Sampling.RateHz, time, logs.CreateLogger<HardwareSource>());
                return true;
            default:
                throw new InvalidOperationException($"No source for {options.Source.GetType().Name}");
        }
    }

    /// <summary>What the log calls a source.</summary>
    public static string NameOf(SourceOptions source) => source switch
    {
        SimulatedSourceOptions => "the simulated pump",
        SimulatedMotorOptions => "the simulated motor",
        CsvSourceOptions csv => csv.Path,
        NpySourceOptions npy => npy.Path,
        HardwareSourceOptions hardware => $"the sensors {string.Join(", ", hardware.Sensors.Cast<PolledSensorOptions>().Select(sensor => sensor.Name))}",
        _ => throw new InvalidOperationException($"No source for {source.GetType().Name}"),
    };
}
