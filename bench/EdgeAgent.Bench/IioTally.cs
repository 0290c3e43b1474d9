using System.Diagnostics;

namespace EdgeAgent.Bench;

/// <summary>What was seen of a stream of numbered samples.</summary>
internal sealed class IioTally
{
    private TimeSpan _processorBefore;
    private long _bytesBefore;
    private long _began;
    private long? _latest;

    public long Rows { get; private set; }

    /// <summary>Rows that do not follow the one before.</summary>
    public long Gaps { get; private set; }

    /// <summary>As the agent counts them.</summary>
    public long Lost { get; private set; }

    /// <summary>How far a row's time was from the sample's own, at most; in samples.</summary>
    public double WorstTime { get; private set; }

    public TimeSpan Processor { get; private set; }

    public TimeSpan Wall { get; private set; }

    public double BytesPerRow { get; private set; }

    public void Begin(Process process)
    {
        process.Refresh();
        _processorBefore = process.TotalProcessorTime;
        _bytesBefore = GC.GetTotalAllocatedBytes();
        _began = Stopwatch.GetTimestamp();
    }

    /// <param name="number">The sample's own; −1 for a row without values.</param>
    /// <param name="timeOff">In samples.</param>
    public void Add(long number, double timeOff)
    {
        Gaps += number < 0 || (_latest is { } latest && number != latest + 1) ? 1 : 0;
        WorstTime = number < 0 ? WorstTime : Math.Max(WorstTime, timeOff);
        _latest = number < 0 ? _latest : number;
        Rows++;
    }

    public void End(Process process, long lost)
    {
        Wall = Stopwatch.GetElapsedTime(_began);
        process.Refresh();
        Processor = process.TotalProcessorTime - _processorBefore;
        BytesPerRow = (GC.GetTotalAllocatedBytes() - _bytesBefore) / (double)Rows;
        Lost = lost;
    }
}
