using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Bench;

/// <summary>A subscriber in this process, so that both ends read one clock.</summary>
internal sealed class TimedReceiver(int port) : IAsyncDisposable
{
    private readonly IMqttConnection _connection = MqttConnectionFactories.Default(TimeProvider.System)(
        new MqttConnectionOptions { Host = "127.0.0.1", Port = port, ClientId = "receiver", ReceivedCapacity = 100_000 });

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<long>> _expected = [];
    private Task _reading = Task.CompletedTask;

    public async Task StartAsync()
    {
        var connected = await _connection.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        var subscribed = await _connection.SubscribeAsync([DrainBacklog.Topics.Of("decision")], MqttQos.AtLeastOnce, CancellationToken.None).ConfigureAwait(false);
        if (!connected.IsConnected || !subscribed.IsAccepted)
        {
            throw new InvalidOperationException($"no subscriber: {connected.Text}");
        }

        _reading = ReadAsync();
    }

    /// <returns>When it arrived, in the stopwatch's ticks.</returns>
    public Task<long> Expect(Guid id) =>
        _expected.GetOrAdd(id, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        await foreach (var message in _connection.Received.ReadAllAsync().ConfigureAwait(false))
        {
            var now = Stopwatch.GetTimestamp();
            var from = message.Payload.Span.IndexOf("\"id\":\""u8) + 6;
            if (_expected.TryRemove(Guid.Parse(Encoding.ASCII.GetString(message.Payload.Span.Slice(from, 36))), out var expected))
            {
                expected.SetResult(now);
            }
        }
    }
}
