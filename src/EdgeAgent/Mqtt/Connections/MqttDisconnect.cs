namespace EdgeAgent.Mqtt.Connections;

/// <param name="Cause">Who ended the connection.</param>
/// <param name="Reason">The reason code of the broker's DISCONNECT; null for any other cause.</param>
/// <param name="Text">One line for a person.</param>
internal sealed record MqttDisconnect(MqttDisconnectCause Cause, MqttReasonCode? Reason, string Text)
{
    public static MqttDisconnect Broker(MqttReasonCode reason, string? reasonString = null) =>
        new(MqttDisconnectCause.Broker, reason, $"the broker ended the connection: {reason.Describe(reasonString)}");

    public static MqttDisconnect Unanswered(TimeSpan limit) =>
        Because(MqttDisconnectCause.Unanswered, $"no answer to a request within {limit.TotalSeconds:0.###} s");

    public static MqttDisconnect Because(MqttDisconnectCause cause, string why) => new(cause, null, OneLine.Of(why));
}
