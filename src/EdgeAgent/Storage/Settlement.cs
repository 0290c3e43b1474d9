namespace EdgeAgent.Storage;

/// <summary>What became of a record at the broker.</summary>
/// <param name="DeadReason">The MQTT reason code of a refusal that no retry can mend; null = acknowledged.</param>
internal readonly record struct Settlement(long Position, int? DeadReason);
