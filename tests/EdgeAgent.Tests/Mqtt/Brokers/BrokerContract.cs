using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Pipeline;

namespace EdgeAgent.Tests.Mqtt.Brokers;

/// <summary>What becomes of stored decisions on good and bad brokers, whichever client library sends them.</summary>
public abstract partial class BrokerContract : AdapterContract
{
    private static readonly Topics Topics = new("site", "device");

    private static MqttConnectionOptions Options(int port, string clientId = "agent") => new()
    {
        Host = "127.0.0.1",
        Port = port,
        ClientId = clientId,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        KeepAlive = TimeSpan.FromSeconds(5),
    };

    private BrokerSettings Settings(int port) => new(Adapter, Options(port), Topics);

    private SendingAgent Start(BrokerSettings settings) => Keep(new SendingAgent(settings));

    /// <summary>A client that hears what the agent says.</summary>
    private async Task<IMqttConnection> ObserverAsync(int port, string filter = "edgeagent/#", MqttTls? tls = null)
    {
        var observer = Keep(MqttConnectionFactories.Mosquitto(TimeProvider.System)(
            Options(port, $"observer-{Kept}") with { ReceivedCapacity = 20_000, KeepAlive = TimeSpan.FromSeconds(60), Tls = tls }));
        var result = await observer.ConnectAsync(Limit);
        Assert.True(result.IsConnected, result.Text);
        Assert.True((await observer.SubscribeAsync([filter], MqttQos.AtLeastOnce, Limit)).IsAccepted);
        return observer;
    }

    private async Task<string> StatusAsync(IMqttConnection observer)
    {
        while (true)
        {
            var message = await observer.Received.ReadAsync(Limit);
            if (message.Topic == Topics.Status)
            {
                using var body = System.Text.Json.JsonDocument.Parse(message.Payload);
                return body.RootElement.GetProperty("status").GetString()!;
            }
        }
    }

    /// <summary>Decisions until all of these have come; how often each did.</summary>
    private async Task<Dictionary<string, int>> HearAsync(IMqttConnection observer, IEnumerable<string> ids)
    {
        var heard = new Dictionary<string, int>();
        var missing = ids.ToHashSet();
        while (missing.Count > 0)
        {
            var message = await observer.Received.ReadAsync(Limit);
            if (message.Topic == Topics.Of("decision"))
            {
                var id = SendingAgent.IdOf(message.Payload);
                heard[id] = heard.GetValueOrDefault(id) + 1;
                missing.Remove(id);
            }
        }

        return heard;
    }
}
