using System.Diagnostics;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Snapshots;
using EdgeAgent.Core.Windows;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Bench;

/// <summary>One package under measurement: a calibrated watch, its score graph timed, and what its rounds came to.</summary>
internal sealed class DetectSubject : IDisposable
{
    // The whole path and the bare run take turns this often, so that a noisy computer is noisy for both.
    private const int Chunk = 250;

    private readonly TimedModel _timed;
    private readonly MachineWatch _watch;
    private readonly BareRun _bare;
    private readonly SnapshotWatch _snapshots;
    private TimeSpan _shift;

    private DetectSubject(string name, TimedModel timed, MachineWatch watch, BareRun bare, int channels)
    {
        Name = name;
        _timed = timed;
        _watch = watch;
        _bare = bare;
        var span = SnapshotSpan.Within(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), 1, channels, 16 << 20);
        _snapshots = new SnapshotWatch(new ReadingRing(span.Capacity, channels), span);
    }

    public string Name { get; }

    public List<double> Whole { get; } = [];

    public List<double> Graph { get; } = [];

    public List<double> Bare { get; } = [];

    public List<double> Bytes { get; } = [];

    public List<double> Median { get; } = [];

    public List<double> Rare { get; } = [];

    public List<double> Worst { get; } = [];

    /// <returns>null after the reason was printed.</returns>
    public static DetectSubject? Open(string name, string package, ReadOnlySpan<SensorFrame> normal)
    {
        if (!OnnxAnomalyModel.TryLoad(package, out var model, out var problem))
        {
            Console.Error.WriteLine(problem);
            return null;
        }

        var timed = new TimedModel(model);
        var channels = model.Contract.Inputs.Take(normal[0].Values.Length).Select((slot, i) => new Channel($"Channel {i}", slot.Role, slot.Unit)).ToArray();
        SlotMap.TryCreate(model.Contract.Inputs, channels, out var map, out _);
        var settings = new WatchSettings(
            "bench", channels, [.. channels.Select(_ => new HealthLimits(null, null, null))], new HealthDelays(TimeSpan.Zero, TimeSpan.Zero),
            1, TimeSpan.FromSeconds(5), null, null, null, null, 2, Drift: new DriftLimits(8, TimeSpan.FromMinutes(10), null));
        var watch = new MachineWatch(settings, timed, map!, GraphParameters.None);
        watch.BeginCalibration();
        foreach (var frame in normal)
        {
            watch.Observe(frame);
        }

        if (watch.FinishCalibration(out var why) is not { } calibration)
        {
            Console.Error.WriteLine(why);
            return null;
        }

        return new DetectSubject(name, timed, watch, new BareRun(package, model.Contract, calibration.Modes[0].Baseline, normal), channels.Length);
    }

    /// <param name="keep">False for the first round, which only warms up.</param>
    public void Round(ReadOnlySpan<SensorFrame> frames, bool keep)
    {
        var latencies = new double[frames.Length];
        var inGraph = _timed.InGraph;
        double whole = 0, bare = 0, bytes = 0;
        for (var from = 0; from < frames.Length; from += Chunk)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            Observe(frames.Slice(from, Chunk), latencies.AsSpan(from, Chunk));
            whole += Stopwatch.GetElapsedTime(started).TotalMicroseconds / frames.Length;
            bytes += (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)frames.Length;
            bare += _bare.Microseconds(Chunk) / frames.Length;
        }

        _shift += frames[^1].Monotonic - frames[0].Monotonic + TimeSpan.FromSeconds(1);
        if (!keep)
        {
            return;
        }

        Array.Sort(latencies);
        Whole.Add(whole);
        Graph.Add((_timed.InGraph - inGraph).TotalMicroseconds / frames.Length);
        Bare.Add(bare);
        Bytes.Add(bytes);
        Median.Add(latencies[latencies.Length / 2]);
        Rare.Add(latencies[(int)(0.999 * latencies.Length)]);
        Worst.Add(latencies[^1]);
    }

    private void Observe(ReadOnlySpan<SensorFrame> frames, Span<double> latencies)
    {
        for (var i = 0; i < frames.Length; i++)
        {
            var before = Stopwatch.GetTimestamp();
            var frame = frames[i] with { Monotonic = frames[i].Monotonic + _shift };
            _snapshots.Add(frame);
            _watch.Observe(frame);
            latencies[i] = Stopwatch.GetElapsedTime(before).TotalMicroseconds;
        }
    }

    public void Dispose()
    {
        _bare.Dispose();
        _watch.Dispose();
        _timed.Dispose();
    }
}
