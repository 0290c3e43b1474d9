using System.Threading.Channels;
using EdgeAgent.Core.Alarms;
using EdgeAgent.Mqtt.Connections;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Mqtt.HomeAssistant;

/// <summary>Announces the device on one connection, and keeps its retained state up to date until the connection ends.</summary>
internal sealed class HomeAssistantLink : IAsyncDisposable
{
    private readonly HomeAssistantDevice _device;
    private readonly IAlarmView _alarms;
    private readonly IMqttConnection _connection;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _loop;

    private HomeAssistantLink(HomeAssistantDevice device, IAlarmView alarms, IMqttConnection connection, ILogger log)
    {
        _device = device;
        _alarms = alarms;
        _connection = connection;
        _log = log;
        _alarms.Changed += Ring;
        _loop = FollowAsync();
    }

    public static async Task<HomeAssistantLink> OpenAsync(
        HomeAssistantDevice device, IAlarmView alarms, IMqttConnection connection, ILogger log, CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(HomeAssistantDiscovery.Messages(device)
            .Select(async message => (message.Topic, Result: await connection.PublishAsync(message, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        if (results.FirstOrDefault(one => one.Result.Outcome == MqttRequestOutcome.Refused) is { Topic: not null } refused)
        {
            HomeAssistantLog.NotAnnounced(log, refused.Topic, refused.Result.Text);
        }

        return new HomeAssistantLink(device, alarms, connection, log);
    }

    public async ValueTask DisposeAsync()
    {
        _alarms.Changed -= Ring;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Ring() => _bell.Writer.TryWrite(true);

    private async Task FollowAsync()
    {
        byte[] last = [];
        try
        {
            while (!_connection.Disconnected.IsCompleted)
            {
                var state = HomeAssistantState.Of(await _alarms.StatesAsync(_stop.Token).ConfigureAwait(false)).Write();
                if (!state.AsSpan().SequenceEqual(last))
                {
                    last = state;
                    await PublishAsync(state).ConfigureAwait(false);
                }

                await _bell.Reader.ReadAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is over; the next one begins with the state as it is then.
        }
    }

    private async Task PublishAsync(byte[] state)
    {
        var message = new MqttMessage { Topic = _device.StateTopic, Payload = state, Retain = true, ContentType = "application/json" };
        var result = await _connection.PublishAsync(message, _stop.Token).ConfigureAwait(false);
        if (result.Outcome == MqttRequestOutcome.Refused)
        {
            HomeAssistantLog.NotAnnounced(_log, message.Topic, result.Text);
        }
    }
}
