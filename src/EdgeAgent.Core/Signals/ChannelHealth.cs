namespace EdgeAgent.Core.Signals;

/// <summary>The verdict on one reading of one channel, made before any model sees it.</summary>
public enum ChannelHealth
{
    /// <summary>The reading may be scored.</summary>
    Ok,

    /// <summary>There was no number: an empty cell, a bus error, NaN.</summary>
    Missing,

    /// <summary>The number lies outside the range that the config calls plausible.</summary>
    OutOfRange,

    /// <summary>The number has not moved for longer than a live sensor can stand still.</summary>
    Stuck,

    /// <summary>The source has not delivered any frame for too long.</summary>
    Stale,
}
