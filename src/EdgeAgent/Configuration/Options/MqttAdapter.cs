using System.Text.Json.Serialization;

namespace EdgeAgent.Configuration;

/// <summary>Which MQTT client library connects.</summary>
internal enum MqttAdapter
{
    Auto,

    [JsonStringEnumMemberName("mqttnet")]
    MqttNet,
    Mosquitto,
}
