namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>enum mosq_opt_t in mosquitto.h.</summary>
internal enum MosquittoOption
{
    ProtocolVersion = 1,
    ReceiveMaximum = 4,
    SendMaximum = 5,
    TcpNoDelay = 11,
}
