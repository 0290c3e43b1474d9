using System.Diagnostics;
using EdgeAgent.Core.Detection;
using EdgeAgent.Core.Signals;
using EdgeAgent.Core.Windows;
using EdgeAgent.Inference.Anomaly;

namespace EdgeAgent.Bench;

/// <summary>
/// From a frame to an alarm state with the shipped process package: microseconds per window, how much of it is the score graph
/// itself, and bytes allocated per window.
/// </summary>
internal static class DetectBench
{
    private const int Rounds = 9;
    private const int Windows = 5000;

    public static int Run()
    {
        var package = Path.Combine(FindRoot(), "models", "process-anomaly");
        if (!OnnxAnomalyModel.TryLoad(package, out var model, out var problem))
        {
            Console.Error.WriteLine(problem);
            return 3;
        }

        using var timed = new TimedModel(model);
        var channels = model.Contract.Inputs.Select((slot, i) => new Channel($"Channel {i}", slot.Role, slot.Unit)).ToArray();
        SlotMap.TryCreate(model.Contract.Inputs, channels, out var map, out _);
        var settings = new WatchSettings(
            "bench", channels, [.. channels.Select(_ => new HealthLimits(null, null, null))], new HealthDelays(TimeSpan.Zero, TimeSpan.Zero),
            1, TimeSpan.FromSeconds(5), null, null, null, null, 2, Drift: new DriftLimits(8, TimeSpan.FromMinutes(10), null));
        using var watch = new MachineWatch(settings, timed, map!, GraphParameters.None);
        var random = new Random(1);
        var frames = Enumerable.Range(0, Windows + 1000).Select(i => Frame(i, channels.Length, random)).ToArray();

        watch.BeginCalibration();
        foreach (var frame in frames.AsSpan(0, 1000))
        {
            watch.Observe(frame);
        }

        if (watch.FinishCalibration(out var why) is null)
        {
            Console.Error.WriteLine(why);
            return 1;
        }

        List<double> whole = [], graph = [], overhead = [], bytes = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var inGraph = timed.InGraph;
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            foreach (var frame in frames.AsSpan(1000))
            {
                watch.Observe(frame with { Monotonic = frame.Monotonic + TimeSpan.FromSeconds(round * 10.0 * Windows) });
            }

            var wholeMicroseconds = Stopwatch.GetElapsedTime(started).TotalMicroseconds / Windows;
            var perWindow = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Windows;
            var graphMicroseconds = (timed.InGraph - inGraph).TotalMicroseconds / Windows;
            if (round > 0)
            {
                whole.Add(wholeMicroseconds);
                graph.Add(graphMicroseconds);
                overhead.Add(wholeMicroseconds - graphMicroseconds);
                bytes.Add(perWindow);
            }
        }

        Spread.Header();
        Spread.Print("frame to alarm state", whole, "us per window");
        Spread.Print("of it the score graph (ONNX Runtime)", graph, "us per window");
        Spread.Print("the rest", overhead, "us per window");
        Spread.Print("share of the score graph", graph.Zip(whole).Select(pair => pair.First / pair.Second), "");
        Spread.Print("managed bytes, the caller's new frame included", bytes, "bytes per window");
        return 0;
    }

    private static SensorFrame Frame(int i, int channels, Random random) => new(
        i, DateTimeOffset.UnixEpoch.AddSeconds(i), TimeSpan.FromSeconds(i),
        [.. Enumerable.Range(0, channels).Select(_ => 10 + (float)(random.NextDouble() + random.NextDouble() - 1))]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "EdgeAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
