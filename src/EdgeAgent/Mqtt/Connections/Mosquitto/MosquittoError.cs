namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>Return values of libmosquitto that are told apart here (enum mosq_err_t in mosquitto.h).</summary>
internal enum MosquittoError
{
    Success = 0,
    OutOfMemory = 1,
    Protocol = 2,
    Invalid = 3,
    NoConnection = 4,
    ConnectionRefused = 5,
    ConnectionLost = 7,
    Tls = 8,
    PayloadSize = 9,
    Errno = 14,
    NameLookup = 15,
    MalformedUtf8 = 18,
    KeepAlive = 19,
    QosNotSupported = 24,
    OversizePacket = 25,
    RetainNotSupported = 28,
}
