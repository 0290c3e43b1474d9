using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Mqtt.Brokers;

/// <param name="Connection">Connected.</param>
/// <param name="Result">What came of connecting.</param>
/// <param name="Index">Its place in the list of brokers, from 0.</param>
/// <param name="TlsFiles">What the TLS files were when it was made, as <see cref="BrokerConditions.TlsFiles"/> has it.</param>
internal sealed record ReachedBroker(IMqttConnection Connection, MqttConnectResult Result, int Index, string Endpoint, string TlsFiles);
