using System.Diagnostics;
using System.Text.Json;
using EdgeAgent.Configuration;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;
using EdgeAgent.Pipeline;
using EdgeAgent.Replay;
using EdgeAgent.Sensors;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Bench;

/// <summary>The agent's own path from a row to an alarm: its CSV source, health gate, windows, score graph, alarm and evidence.</summary>
internal sealed class AgentSide(DeviceConfig config, string csv, Calibration calibration, IReadOnlyList<SensorFrame> frames)
{
    public int Windows => frames.Count;

    /// <summary>Calibrates on the recording's first rows.</summary>
    public static async Task<AgentSide> PrepareAsync(DeviceConfig config, string csv, int calibrateRows)
    {
        List<SensorFrame> frames = [];
        using (var source = Open(config, csv))
        {
            await foreach (var row in source.ReadRowsAsync(CancellationToken.None).ConfigureAwait(false))
            {
                frames.Add(row.Frame);
            }
        }

        await using var loaded = Load(config);
        loaded.Watch.BeginCalibration();
        frames.Take(calibrateRows).ToList().ForEach(frame => loaded.Watch.Observe(frame));
        var calibration = loaded.Watch.FinishCalibration(out var problem) ?? throw new InvalidOperationException(problem);
        return new AgentSide(config, csv, calibration, frames);
    }

    /// <summary>Writes what the peer needs to do the same work: thresholds, delays, baselines and each slot's column, null where it has none.</summary>
    public async Task WriteCalibrationAsync(string path)
    {
        await using var loaded = Load(config);
        var contract = loaded.Model.Contract;
        SlotMap.TryCreate(contract.Inputs, loaded.Settings.Channels, out var map, out _);
        var mode = calibration.Modes[0];
        var columns = map!.Channels.ToArray().Select(channel => channel < 0 ? null
            : config.Options.Channels[channel].Column ?? config.Options.Channels[channel].Name);
        var told = new
        {
            columns,
            threshold = mode.Threshold.Threshold,
            onDelaySeconds = contract.Alarm.OnDelaySeconds,
            offDelaySeconds = contract.Alarm.OffDelaySeconds,
            clearBelow = contract.Alarm.ClearBelow,
            tensors = mode.Baseline,
        };
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(told)).ConfigureAwait(false);
    }

    /// <param name="parse">Whether the round reads and parses the recording, or only scores rows that it holds.</param>
    public async Task<PeerRound> RoundAsync(bool parse)
    {
        await using var loaded = Load(config);
        loaded.Watch.Use(calibration);
        var pass = new Pass(loaded.Watch, new List<float>(frames.Count));
        using var source = parse ? Open(config, csv) : null;
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        if (source is null)
        {
            foreach (var frame in frames)
            {
                pass.Observe(frame);
            }
        }
        else
        {
            await foreach (var row in source.ReadRowsAsync(CancellationToken.None).ConfigureAwait(false))
            {
                pass.Observe(row.Frame);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new PeerRound(seconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, pass.Raised, pass.Scores);
    }

    private static IRecording Open(DeviceConfig config, string csv) =>
        Recordings.TryOpen(config, csv, 0, TimeProvider.System, NullLoggerFactory.Instance, out var source, out var problem)
            ? source : throw new InvalidOperationException(problem.ToString());

    private static LoadedWatch Load(DeviceConfig config) =>
        MachineWatchLoader.TryLoad(config.Options, config.Resolve(config.Options.Detection.Package), out var loaded, out var problem)
            ? loaded : throw new InvalidOperationException(problem.Text);

    private sealed class Pass(MachineWatch watch, List<float> scores)
    {
        public List<float> Scores => scores;

        public int Raised { get; private set; }

        public void Observe(SensorFrame frame)
        {
            var seen = watch.Observe(frame);
            Raised += seen.Alarm?.Event == AlarmEvent.Raised ? 1 : 0;
            if (seen.Score is { } score)
            {
                scores.Add(score);
            }
        }
    }
}
