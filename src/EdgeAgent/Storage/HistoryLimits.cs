namespace EdgeAgent.Storage;

/// <summary>How much of the past is kept.</summary>
internal sealed record HistoryLimits(TimeSpan Age, long Bytes);
