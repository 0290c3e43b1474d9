using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections.MqttNet;

public sealed class MqttNetConnectionTests : MqttConnectionContract
{
    private protected override MqttConnectionFactory Adapter => MqttConnectionFactories.MqttNet(TimeProvider.System);
}
