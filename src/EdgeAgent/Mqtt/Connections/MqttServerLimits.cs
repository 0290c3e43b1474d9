namespace EdgeAgent.Mqtt.Connections;

/// <summary>
/// What the broker's CONNACK allows. Messages beyond it are refused on this side with the code that the broker would use:
/// a broker may answer them by closing the connection, and one such message would then be tried for ever.
/// </summary>
internal sealed record MqttServerLimits
{
    public int ReceiveMaximum { get; init; } = 65535;

    public MqttQos MaximumQos { get; init; } = MqttQos.AtLeastOnce;

    public bool RetainAvailable { get; init; } = true;

    /// <summary>Bytes of a whole packet. Null: no limit.</summary>
    public uint? MaximumPacketSize { get; init; }

    /// <summary>Most messages that are on their way to it at once.</summary>
    public int WindowOf(MqttConnectionOptions options) => Math.Max(1, Math.Min(options.MaximumInFlight, ReceiveMaximum));

    public MqttPublishResult? Refusal(MqttMessage message)
    {
        if (!MqttTopics.IsName(message.Topic))
        {
            return MqttPublishResult.From(MqttReasonCode.TopicNameInvalid);
        }

        if (!MqttText.Fits(message))
        {
            return MqttPublishResult.From(MqttReasonCode.PayloadFormatInvalid, "a property holds text that MQTT cannot carry");
        }

        if (message.Qos > MaximumQos)
        {
            return MqttPublishResult.From(MqttReasonCode.QosNotSupported);
        }

        if (message.Retain && !RetainAvailable)
        {
            return MqttPublishResult.From(MqttReasonCode.RetainNotSupported);
        }

        var size = MqttPacketSize.OfPublish(message);
        return size > Math.Min(MaximumPacketSize ?? uint.MaxValue, MqttPacketSize.Largest)
            ? MqttPublishResult.From(MqttReasonCode.PacketTooLarge, $"{size} bytes")
            : null;
    }
}
