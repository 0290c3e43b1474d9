namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>MQTT 5.0, section 2.2.2.2: the properties in use.</summary>
internal enum MosquittoProperty
{
    MessageExpiryInterval = 2,
    ContentType = 3,
    ResponseTopic = 8,
    CorrelationData = 9,
    SessionExpiryInterval = 17,
    ReasonString = 31,
    ReceiveMaximum = 33,
    MaximumQos = 36,
    RetainAvailable = 37,
    UserProperty = 38,
    MaximumPacketSize = 39,
}
