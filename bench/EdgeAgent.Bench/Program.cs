using EdgeAgent.Bench;

return args switch
{
    ["detect"] => DetectBench.Run(),
    ["store"] => StoreBench.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench detect | store");
    return 2;
}
