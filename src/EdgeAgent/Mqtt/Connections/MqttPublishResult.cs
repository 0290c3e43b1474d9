namespace EdgeAgent.Mqtt.Connections;

/// <param name="Outcome">What became of the message.</param>
/// <param name="Reason">The PUBACK's reason code, or the one that a broker would have sent; null when lost.</param>
/// <param name="Text">One line for a person.</param>
internal readonly record struct MqttPublishResult(MqttRequestOutcome Outcome, MqttReasonCode? Reason, string Text)
{
    public bool IsAccepted => Outcome == MqttRequestOutcome.Accepted;

    public static MqttPublishResult From(MqttReasonCode reason, string? reasonString = null) =>
        new(reason.IsFailure ? MqttRequestOutcome.Refused : MqttRequestOutcome.Accepted, reason, reason.Describe(reasonString));

    public static MqttPublishResult Lost(string why) => new(MqttRequestOutcome.Lost, null, why);
}
