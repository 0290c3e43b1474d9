using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections;

public sealed class MosquittoConnectionTests : MqttConnectionContract
{
    private protected override MqttConnectionFactory Adapter => MqttConnectionFactories.Mosquitto(TimeProvider.System);
}
