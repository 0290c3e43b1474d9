using System.Text;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections;

/// <summary>
/// What every MQTT adapter promises, shown on a real Mosquitto. The other side of each talk is always libmosquitto, so a
/// mistake that one adapter would make on both ends is seen.
/// </summary>
public abstract partial class MqttConnectionContract : AdapterContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static MqttConnectionOptions Options(int port, string clientId = "agent") => new()
    {
        Host = "127.0.0.1",
        Port = port,
        ClientId = clientId,
        ConnectTimeout = Patience,
        KeepAlive = TimeSpan.FromSeconds(60),
    };

    private static MqttMessage Message(string topic, string payload = "x", MqttQos qos = MqttQos.AtLeastOnce, bool retain = false) =>
        new() { Topic = topic, Payload = Encoding.UTF8.GetBytes(payload), Qos = qos, Retain = retain };

    private static string Text(MqttMessage message) => Encoding.UTF8.GetString(message.Payload.Span);

    private async Task<MosquittoBroker> BrokerAsync(Func<string, IEnumerable<string>> configure) =>
        Keep(await MosquittoBroker.StartAsync(configure));

    private IMqttConnection Make(MqttConnectionOptions options) => Keep(Adapter(options));

    private async Task<IMqttConnection> ConnectAsync(MqttConnectionOptions options)
    {
        var connection = Make(options);
        var result = await connection.ConnectAsync(Limit);
        Assert.True(result.IsConnected, result.Text);
        return connection;
    }

    /// <summary>Another client, subscribed to <paramref name="filter"/>.</summary>
    private async Task<IMqttConnection> ObserverAsync(MosquittoBroker broker, string filter, int capacity = 20_000)
    {
        var observer = Keep(MqttConnectionFactories.Mosquitto(TimeProvider.System)(
            Options(broker.Port, $"observer-{Kept}") with { ReceivedCapacity = capacity }));
        Assert.True((await observer.ConnectAsync(Limit)).IsConnected);
        Assert.True((await observer.SubscribeAsync([filter], MqttQos.AtLeastOnce, Limit)).IsAccepted);
        return observer;
    }

    private Task<MqttMessage> NextAsync(IMqttConnection connection) => connection.Received.ReadAsync(Limit).AsTask();

    private async Task<MqttDisconnect> EndAsync(IMqttConnection connection) => await connection.Disconnected.WaitAsync(Limit);
}
