namespace EdgeAgent.Mqtt.Brokers;

/// <summary>The conditions of an attempt, taken before it began.</summary>
/// <param name="Clock">The wall clock.</param>
/// <param name="Timestamp">The monotonic clock at the same time.</param>
internal sealed record BrokerMoment(string TlsFiles, string LoginFiles, DateTimeOffset Clock, long Timestamp);
