namespace EdgeAgent.Mqtt.Connections;

/// <summary>Makes a connection that is not yet connected; does no I/O.</summary>
internal delegate IMqttConnection MqttConnectionFactory(MqttConnectionOptions options);
