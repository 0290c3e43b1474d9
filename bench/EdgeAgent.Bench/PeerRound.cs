namespace EdgeAgent.Bench;

/// <summary>One pass over a recording, by either side.</summary>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="CpuSeconds">Processor time of the whole process, its garbage collector and compiler included.</param>
/// <param name="Raised">Machine alarms that were raised.</param>
/// <param name="Scores">One per window.</param>
internal sealed record PeerRound(double Seconds, double CpuSeconds, int Raised, IReadOnlyList<float> Scores)
{
    public double WindowsPerSecond => Scores.Count / Seconds;

    public double CpuMicrosecondsPerWindow => CpuSeconds * 1e6 / Scores.Count;
}
