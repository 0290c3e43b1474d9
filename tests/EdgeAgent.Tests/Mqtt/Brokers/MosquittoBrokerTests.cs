using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Brokers;

public sealed class MosquittoBrokerTests : BrokerContract
{
    private protected override MqttConnectionFactory Adapter => MqttConnectionFactories.Mosquitto(TimeProvider.System);
}
