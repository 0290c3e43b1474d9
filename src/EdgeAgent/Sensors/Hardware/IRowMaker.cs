using EdgeAgent.Core.Sampling;

namespace EdgeAgent.Sensors.Hardware;

/// <summary>Puts rows of all channels together, on a thread of its own.</summary>
internal interface IRowMaker
{
    long Made { get; }

    /// <summary>Rows for which there was no time at all, or which lie in a gap too long to be filled.</summary>
    long Missed { get; }

    /// <summary>Rows that whoever judges them did not take in time.</summary>
    long Dropped { get; }

    /// <summary>How late it came to its work.</summary>
    JitterHistogram Jitter { get; }

    /// <summary>Runs until the clock stops.</summary>
    void Run();
}
