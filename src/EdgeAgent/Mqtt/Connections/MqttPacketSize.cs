using System.Text;

namespace EdgeAgent.Mqtt.Connections;

/// <summary>Bytes of a PUBLISH packet on the wire (MQTT 5.0, section 3.3).</summary>
internal static class MqttPacketSize
{
    /// <summary>Fixed header and the largest remaining length that four bytes can say (section 2.1.4).</summary>
    public const long Largest = 5 + 268_435_455;

    public static long OfPublish(MqttMessage message)
    {
        var properties = OfProperties(message);
        var remaining = Text(message.Topic) + (message.Qos == MqttQos.AtMostOnce ? 0 : 2) + VariableInteger(properties) + properties
            + message.Payload.Length;
        return 1 + VariableInteger(remaining) + remaining;
    }

    private static long OfProperties(MqttMessage message)
    {
        long size = message.Expiry is null ? 0 : 1 + 4;
        size += message.ContentType is null ? 0 : 1 + Text(message.ContentType);
        size += message.ResponseTopic is null ? 0 : 1 + Text(message.ResponseTopic);
        size += message.CorrelationData is null ? 0 : 1 + 2 + message.CorrelationData.Value.Length;
        return size + message.UserProperties.Sum(property => 1 + Text(property.Name) + Text(property.Value));
    }

    private static long Text(string text) => 2 + Encoding.UTF8.GetByteCount(text);

    private static int VariableInteger(long value) => value switch
    {
        < 128 => 1,
        < 16_384 => 2,
        < 2_097_152 => 3,
        _ => 4,
    };
}
