namespace EdgeAgent.Mqtt.Brokers;

/// <summary>How often a connection that stands is questioned.</summary>
internal sealed record BrokerWatchTimes
{
    /// <summary>So long after a change of the TLS files at the latest, twice this, the connection is renewed.</summary>
    public TimeSpan LookAtFiles { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two attempts to get back to an earlier broker. Zero: only when the connection is lost.</summary>
    public TimeSpan SeekEarlier { get; init; } = TimeSpan.FromMinutes(5);
}
