using System.Text.Json;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Pipeline.Outage;

/// <summary>What came, in the order in which it came.</summary>
internal sealed class OutageReceiver : IAsyncDisposable
{
    private readonly IMqttConnection _connection;
    private readonly HashSet<Guid> _ids = [];

    private OutageReceiver(IMqttConnection connection) => _connection = connection;

    /// <summary>Decisions and diagnoses, without copies.</summary>
    public List<(JsonElement Body, Guid Id, bool Historical)> Came { get; } = [];

    public static async Task<OutageReceiver> StartAsync(int port, CancellationToken limit)
    {
        var connection = MqttConnectionFactories.Mosquitto(TimeProvider.System)(
            new MqttConnectionOptions { Host = "127.0.0.1", Port = port, ClientId = "receiver", ReceivedCapacity = 200_000 });
        Assert.True((await connection.ConnectAsync(limit)).IsConnected);
        Assert.True((await connection.SubscribeAsync(["edgeagent/v1/site/device/decision", "edgeagent/v1/site/device/diagnosis"], MqttQos.AtLeastOnce, limit)).IsAccepted);
        return new OutageReceiver(connection);
    }

    public async Task ReadAsync(Func<bool> enough, CancellationToken limit)
    {
        while (!enough())
        {
            var message = await _connection.Received.ReadAsync(limit);
            var body = JsonDocument.Parse(message.Payload).RootElement;
            if (_ids.Add(body.GetProperty("id").GetGuid()))
            {
                Came.Add((body, body.GetProperty("id").GetGuid(), message.UserProperties.Any(property => property is { Name: "historical", Value: "true" })));
            }
        }
    }

    public bool Has(Guid id) => _ids.Contains(id);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
