namespace EdgeAgent.Mqtt.Connections;

internal enum MqttConnectOutcome
{
    Connected,

    /// <summary>The broker answered and said no; <see cref="MqttConnectResult.Reason"/> says why.</summary>
    Refused,

    /// <summary>No broker answered: name, route, port, time, or something there that does not speak MQTT 5.</summary>
    Unreachable,

    /// <summary>No trusted encrypted channel came about. Nothing was sent in plaintext.</summary>
    TlsFailed,

    /// <summary>The options or this machine cannot work; trying again without a change is pointless.</summary>
    Misconfigured,
}
