using EdgeAgent.Bench;

(string Name, string[] Options, Func<Arguments, Task<int>> Run)[] benchmarks =
[
    ("detect", ["--rounds", "--fp32"], arguments => Task.FromResult(DetectBench.Run(arguments))),
    ("bearings", [], _ => BearingBench.RunAsync()),
    ("calibration", ["--config", "--csv"], CalibrationBench.RunAsync),
    ("peer", ["--rounds", "--csv"], PeerBench.RunAsync),
    ("quality", ["--fp32", "--plain"], QualityBench.RunAsync),
    ("drain", ["--rounds", "--records", "--inflight", "--dir"], DrainBench.RunAsync),
    ("live", ["--rounds", "--seconds", "--dir"], LiveBench.RunAsync),
    ("store", ["--rounds", "--dir"], StoreBench.RunAsync),
    ("iio", ["--seconds", "--dir"], IioBench.RunAsync),
    ("iio-device", ["--seconds", "--dir"], IioBench.RunDeviceAsync),
];

var benchmark = benchmarks.FirstOrDefault(known => args.Length > 0 && known.Name == args[0]);
if (benchmark.Run is null)
{
    Console.Error.WriteLine($"usage: bench {string.Join(" | ", benchmarks.Select(Usage))}");
    return 2;
}

if (!Arguments.TryParse(args[1..], benchmark.Options, out var arguments, out var problem))
{
    Console.Error.WriteLine(problem);
    return 2;
}

return await benchmark.Run(arguments).ConfigureAwait(false);

static string Usage((string Name, string[] Options, Func<Arguments, Task<int>> Run) benchmark) =>
    benchmark.Name + string.Concat(benchmark.Options.Select(option => $" [{option} {ValueOf(option)}]"));

static string ValueOf(string option) => option switch
{
    "--rounds" or "--records" or "--seconds" or "--inflight" => "N",
    "--csv" => "FILE",
    _ => "DIR",
};
