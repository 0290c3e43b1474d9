namespace EdgeAgent.Mqtt.Connections;

internal readonly record struct MqttUserProperty(string Name, string Value);
