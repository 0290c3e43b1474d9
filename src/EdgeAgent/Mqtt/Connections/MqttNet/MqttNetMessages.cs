using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using NetUserProperty = MQTTnet.Packets.MqttUserProperty;

namespace EdgeAgent.Mqtt.Connections.MqttNet;

/// <summary>Messages as MQTTnet has them, and back.</summary>
internal static class MqttNetMessages
{
    public static MqttApplicationMessage To(MqttMessage message) => new()
    {
        Topic = message.Topic,
        Payload = new ReadOnlySequence<byte>(message.Payload),
        QualityOfServiceLevel = QosOf(message.Qos),
        Retain = message.Retain,
        ContentType = message.ContentType,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData?.ToArray(),
        MessageExpiryInterval = message.ExpirySeconds ?? 0,
        UserProperties = UserPropertiesOf(message),
    };

    public static MqttMessage From(MqttApplicationMessage message) => new()
    {
        Topic = message.Topic,
        Payload = message.Payload.ToArray(),
        Qos = message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce ? MqttQos.AtMostOnce : MqttQos.AtLeastOnce,
        Retain = message.Retain,
        ContentType = message.ContentType,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData is { } data ? data : default(ReadOnlyMemory<byte>?),
        Expiry = message.MessageExpiryInterval == 0 ? null : TimeSpan.FromSeconds(message.MessageExpiryInterval),
        UserProperties = message.UserProperties is { Count: > 0 } properties
            ? [.. properties.Select(property => new MqttUserProperty(property.Name, Encoding.UTF8.GetString(property.ValueBuffer.Span)))]
            : [],
    };

    public static MqttClientSubscribeOptions Subscription(SubscribeRequest request) => new()
    {
        TopicFilters = [.. request.Filters.Select(filter => new MqttTopicFilter
        {
            Topic = filter, QualityOfServiceLevel = QosOf(request.Qos), RetainAsPublished = true,
        })],
    };

    public static MqttQualityOfServiceLevel QosOf(MqttQos qos) => (MqttQualityOfServiceLevel)(int)qos;

    /// <summary>Null, not empty, for none: that is what MQTTnet's own builder leaves there.</summary>
    public static List<NetUserProperty>? UserPropertiesOf(MqttMessage message) =>
        message.UserProperties.Count == 0
            ? null
            : [.. message.UserProperties.Select(property =>
                new NetUserProperty(property.Name, new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(property.Value))))];
}
