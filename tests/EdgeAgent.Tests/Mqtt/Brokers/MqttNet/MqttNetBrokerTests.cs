using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Brokers.MqttNet;

public sealed class MqttNetBrokerTests : BrokerContract
{
    private protected override MqttConnectionFactory Adapter => MqttConnectionFactories.MqttNet(TimeProvider.System);
}
