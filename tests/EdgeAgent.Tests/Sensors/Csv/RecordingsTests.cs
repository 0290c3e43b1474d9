using EdgeAgent.Configuration;
using EdgeAgent.Core.Signals;
using EdgeAgent.Pipeline;
using EdgeAgent.Sensors;
using EdgeAgent.Sensors.Csv;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Sensors.Csv;

/// <summary>The shipped config for water pumps on recordings of a real one.</summary>
public sealed class RecordingsTests
{
    [RecordingFact]
    public async Task Every_real_row_is_read_and_no_real_sensor_is_called_broken()
    {
        Assert.True(ConfigLoader.TryLoad(
            Path.Combine(Repository.DeviceConfigs, "water-pump.json"), new Dictionary<string, string>(), ConfigUse.Offline, out var config, out var problems),
            string.Join("\n", problems));
        var files = Directory.GetFiles(Repository.Recordings!, "*.csv", SearchOption.AllDirectories);
        Assert.NotEmpty(files);

        foreach (var file in files)
        {
            var (rows, alarms, tally) = await ReadAsync(file, config);
            Assert.Equal(File.ReadLines(file).Count() - 1, rows);
            Assert.Equal((0L, 0L, 0L), (tally.BrokenRows, tally.MissingCells, tally.ClockJumps));
            Assert.True(alarms.Count == 0, $"{file}: {string.Join(", ", alarms.Select(alarm => $"{config.Options.Channels[alarm.Channel].Name} {alarm.Verdict}"))}");
        }
    }

    private static async Task<(int Rows, List<HealthChange> Alarms, RecordingTally Tally)> ReadAsync(string file, DeviceConfig config)
    {
        var options = config.Options;
        Assert.True(CsvSensorSource.TryOpen(
            file, new CsvFormat(null, null, options.Sampling.RateHz), options.Channels, 0, TimeProvider.System, NullLogger.Instance, out var source, out var problem),
            problem?.ToString());
        using var opened = source;
        var settings = WatchPlan.Settings(options);
        var gate = new HealthGate(settings.Limits, settings.Delays, settings.MaxGap);
        var rows = 0;
        var alarms = new List<HealthChange>();
        await foreach (var frame in opened.ReadAsync(CancellationToken.None))
        {
            rows++;
            alarms.AddRange(gate.Inspect(frame));
        }

        return (rows, alarms, opened.Tally);
    }
}
