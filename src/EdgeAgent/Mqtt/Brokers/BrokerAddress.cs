namespace EdgeAgent.Mqtt.Brokers;

/// <summary>Where a broker listens.</summary>
internal readonly record struct BrokerAddress(string Host, int Port);
