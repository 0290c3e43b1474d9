using EdgeAgent.Core.Signals;

namespace EdgeAgent.Bench;

/// <summary>
/// From a frame to an alarm state with the shipped process package, the readings around alarms kept as in `run`: latency,
/// throughput of one core, how much of it is the score graph itself, and bytes allocated per window. With --fp32, the same of
/// another package, its rounds in between.
/// Every window of every round after the first counts.
/// </summary>
internal static class DetectBench
{
    // A pump's: the package's first slots. The rest stay empty.
    private const int Channels = 8;
    private const int Calibration = 1000;
    private const int Windows = 5000;

    public static int Run(Arguments arguments)
    {
        var random = new Random(1);
        var frames = Enumerable.Range(0, Calibration + Windows).Select(i => Frame(i, Channels, random)).ToArray();
        List<DetectSubject> subjects = [];
        foreach (var (name, folder) in new[] { ("INT8, as shipped", Places.Package), ("fp32", arguments["--fp32"]) })
        {
            if (folder is null)
            {
                continue;
            }

            if (DetectSubject.Open(name, folder, frames.AsSpan(0, Calibration)) is not { } subject)
            {
                return 3;
            }

            subjects.Add(subject);
        }

        var rounds = arguments.Rounds(9);
        for (var round = 0; round <= rounds; round++)
        {
            subjects.ForEach(subject => subject.Round(frames.AsSpan(Calibration), keep: round > 0));
        }

        subjects.ForEach(Print);
        if (subjects is [var shipped, var other])
        {
            Console.WriteLine();
            Spread.Header();
            Spread.Print("whole path, INT8 / fp32", Ratio(shipped.Whole, other.Whole), "");
            Spread.Print("bare ONNX Runtime run, INT8 / fp32", Ratio(shipped.Bare, other.Bare), "");
        }

        subjects.ForEach(subject => subject.Dispose());
        return 0;
    }

    private static void Print(DetectSubject subject)
    {
        Console.WriteLine($"{(subject.Name == "fp32" ? "\n" : "")}{subject.Name}");
        Spread.Header();
        Spread.Print("frame to alarm state, mean", subject.Whole, "us per window");
        Spread.Print("frame to alarm state, p50", subject.Median, "us");
        Spread.Print("frame to alarm state, p99.9", subject.Rare, "us");
        Spread.Print("frame to alarm state, slowest of a round", subject.Worst, "us");
        Spread.Print("frames through the whole path", subject.Whole.Select(whole => 1e6 / whole), "frames/s per core");
        Spread.Print("in the scorer (run, copies in and out)", subject.Graph, "us per window");
        Spread.Print("its share of the whole", Ratio(subject.Graph, subject.Whole), "");
        Spread.Print("outside the scorer", subject.Whole.Zip(subject.Graph, (whole, graph) => whole - graph), "us per window");
        Spread.Print("bare ONNX Runtime run, same graph, nothing else", subject.Bare, "us per run");
        Spread.Print("whole path / bare run", Ratio(subject.Whole, subject.Bare), "");
        Spread.Print("managed bytes, the caller's new frame included", subject.Bytes, "bytes per window");
    }

    private static IEnumerable<double> Ratio(List<double> upper, List<double> lower) => upper.Zip(lower, (a, b) => a / b);

    private static SensorFrame Frame(int i, int channels, Random random) => new(
        i, DateTimeOffset.UnixEpoch.AddSeconds(i), TimeSpan.FromSeconds(i),
        [.. Enumerable.Range(0, channels).Select(_ => 10 + (float)(random.NextDouble() + random.NextDouble() - 1))]);
}
