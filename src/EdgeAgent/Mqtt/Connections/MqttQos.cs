namespace EdgeAgent.Mqtt.Connections;

/// <summary>QoS 2 is left out on purpose: decisions carry stable ids, so "at least once" is enough.</summary>
internal enum MqttQos
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
}
