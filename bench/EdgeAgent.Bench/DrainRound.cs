namespace EdgeAgent.Bench;

/// <summary>One drain of all records, by either side.</summary>
/// <param name="SentPerSecond">Until the sender was done with all of them.</param>
/// <param name="ReceivedPerSecond">Until the subscriber had all of them.</param>
/// <param name="CpuMicroseconds">Processor time of this process per message.</param>
internal sealed record DrainRound(double SentPerSecond, double ReceivedPerSecond, double CpuMicroseconds);
