using EdgeAgent.Bench;

return args switch
{
    ["detect"] => DetectBench.Run(),
    ["store"] => StoreBench.Run(),
    ["calibration", var config, var recording] => await CalibrationBench.RunAsync(config, recording),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench detect | store | calibration CONFIG CSV");
    return 2;
}
