namespace EdgeAgent.Mqtt.Connections;

internal enum MqttRequestOutcome
{
    /// <summary>The broker has it (reason code below 0x80).</summary>
    Accepted,

    /// <summary>The broker, or this side on its behalf, will not take it (0x80 and above).</summary>
    Refused,

    /// <summary>The connection went before an answer came: the broker may or may not have it.</summary>
    Lost,
}
