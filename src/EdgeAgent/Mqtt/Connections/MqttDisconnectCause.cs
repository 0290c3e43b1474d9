namespace EdgeAgent.Mqtt.Connections;

internal enum MqttDisconnectCause
{
    /// <summary>There was no connection: the attempt failed or was given up.</summary>
    NeverConnected,

    /// <summary>This side sent DISCONNECT.</summary>
    Graceful,

    /// <summary>This side closed without DISCONNECT.</summary>
    Disposed,

    /// <summary>The broker sent DISCONNECT; <see cref="MqttDisconnect.Reason"/> says why.</summary>
    Broker,

    /// <summary>The network connection broke or was closed by the other side.</summary>
    Network,

    /// <summary>The broker no longer answers pings.</summary>
    KeepAlive,

    /// <summary>The broker owes the answer to a request for longer than <see cref="MqttConnectionOptions.AnswerTimeout"/>.</summary>
    Unanswered,
}
