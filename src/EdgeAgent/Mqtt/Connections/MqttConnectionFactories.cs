using EdgeAgent.Mqtt.Connections.Mosquitto;
#if HAS_MQTTNET
using EdgeAgent.Mqtt.Connections.MqttNet;
#endif

namespace EdgeAgent.Mqtt.Connections;

/// <summary>The adapters that this build holds. The one place that knows which of them is the default.</summary>
internal static class MqttConnectionFactories
{
#if HAS_MQTTNET
    public const string DefaultClient = "MQTTnet";

    public static MqttConnectionFactory Default(TimeProvider time) => MqttNet(time);

    public static MqttConnectionFactory MqttNet(TimeProvider time) => options => new MqttNetConnection(options, time);
#else
    public const string DefaultClient = "libmosquitto";

    public static MqttConnectionFactory Default(TimeProvider time) => Mosquitto(time);
#endif

    public static MqttConnectionFactory Mosquitto(TimeProvider time) => options => new MosquittoConnection(options, time);
}
