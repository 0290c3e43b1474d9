using System.Threading.Channels;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.StoreAndSend;

/// <summary>The real connection, of which the first PUBACK of a decision is told on stdout.</summary>
internal sealed class ToldConnection(IMqttConnection connection) : IMqttConnection
{
    private static int _told;

    public ChannelReader<MqttMessage> Received => connection.Received;

    public long ReceivedDropped => connection.ReceivedDropped;

    public Task<MqttDisconnect> Disconnected => connection.Disconnected;

    public Task<MqttConnectResult> ConnectAsync(CancellationToken cancellationToken) => connection.ConnectAsync(cancellationToken);

    public async Task<MqttPublishResult> PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        var result = await connection.PublishAsync(message, cancellationToken).ConfigureAwait(false);
        if (result.IsAccepted && !message.Retain && Interlocked.Exchange(ref _told, 1) == 0)
        {
            Lines.Say("acknowledged");
        }

        return result;
    }

    public Task<MqttSubscribeResult> SubscribeAsync(IReadOnlyList<string> filters, MqttQos qos, CancellationToken cancellationToken) =>
        connection.SubscribeAsync(filters, qos, cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => connection.DisconnectAsync(cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
