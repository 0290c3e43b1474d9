using System.Threading.Channels;

namespace EdgeAgent.Mqtt.Connections;

/// <summary>
/// One MQTT 5 network connection, from CONNECT to its end. It never reconnects: the caller makes a new one.
/// Broken networks, refusals and brokers that go away are values; an exception is a bug or the caller's cancellation.
/// Every member may be called from any thread.
/// </summary>
internal interface IMqttConnection : IAsyncDisposable
{
    /// <summary>Connects once; a second call throws.</summary>
    Task<MqttConnectResult> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Completes with the PUBACK (QoS 0: when the message is on the wire), or as lost when the connection ends first.
    /// Messages of one caller leave in the order of the calls, as many at once as the broker's receive maximum allows;
    /// the rest wait, so the caller bounds how many it starts. The payload must not change until then.
    /// A cancelled message may have been sent, and counts as in flight until its PUBACK comes.
    /// </summary>
    Task<MqttPublishResult> PublishAsync(MqttMessage message, CancellationToken cancellationToken);

    Task<MqttSubscribeResult> SubscribeAsync(IReadOnlyList<string> filters, MqttQos qos, CancellationToken cancellationToken);

    /// <summary>What the broker sent; completes with the connection. Full: the newest is dropped and counted.</summary>
    ChannelReader<MqttMessage> Received { get; }

    long ReceivedDropped { get; }

    /// <summary>Completes, never faults, when the connection is gone for good, also if it never came about.</summary>
    Task<MqttDisconnect> Disconnected { get; }

    /// <summary>
    /// Waits for what is in flight, then sends DISCONNECT, so that the broker discards the will. A broker that does not
    /// answer is left after <see cref="MqttConnectionOptions.DisconnectTimeout"/>, without DISCONNECT. Safe to repeat.
    /// <see cref="IAsyncDisposable.DisposeAsync"/> alone closes at once without DISCONNECT: the broker publishes the will.
    /// </summary>
    Task DisconnectAsync(CancellationToken cancellationToken);
}
