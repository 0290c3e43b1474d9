using System.Threading.Channels;
using MQTTnet;

namespace EdgeAgent.Mqtt.Connections.MqttNet;

/// <summary>
/// Hands requests to MQTTnet one after the other, because MQTTnet itself bounds nothing: it would have more in flight than
/// the broker's receive maximum, and leave the order of simultaneous publishes to chance.
/// <code>Post ─▶ queue ─▶ a free slot each ─▶ MQTTnet ─▶ answer frees the slot</code>
/// </summary>
internal sealed class MqttNetPump(IMqttClient client, TimeSpan answerTimeout, TimeProvider time, Action<MqttDisconnect> failed)
{
    private readonly Channel<MqttRequest> _queue =
        Channel.CreateUnbounded<MqttRequest>(new UnboundedChannelOptions { SingleReader = true });

    public void Post(MqttRequest request) => _queue.Writer.TryWrite(request);

    /// <summary>No more requests: <see cref="RunAsync"/> ends when the queued ones have their answers.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Does not throw. When it ends nothing is in flight any more.</summary>
    public async Task RunAsync(int window, CancellationToken gone)
    {
        using var slots = new SemaphoreSlim(window);
        try
        {
            await foreach (var request in _queue.Reader.ReadAllAsync(gone).ConfigureAwait(false))
            {
                await slots.WaitAsync(gone).ConfigureAwait(false);
                _ = SendAsync(request, slots, gone); // owns its slot, and all slots are awaited below
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone; what is queued was completed as lost.
        }

        for (var slot = 0; slot < window; slot++)
        {
            await slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(MqttRequest request, SemaphoreSlim slot, CancellationToken gone)
    {
        // Not the caller's token: MQTTnet would forget the request, and the broker's answer would free no slot.
        using var patience = new CancellationTokenSource(answerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, gone);
        try
        {
            if (request.IsAbandoned)
            {
                return;
            }

            if (request is PublishRequest publish)
            {
                var answer = await client.PublishAsync(MqttNetMessages.To(publish.Message), either.Token).ConfigureAwait(false);
                publish.Complete(MqttPublishResult.From((MqttReasonCode)(byte)answer.ReasonCode, answer.ReasonString));
            }
            else if (request is SubscribeRequest subscribe)
            {
                var answer = await client.SubscribeAsync(MqttNetMessages.Subscription(subscribe), either.Token).ConfigureAwait(false);
                subscribe.Complete([.. answer.Items.Select(item => (MqttReasonCode)(byte)item.ResultCode)]);
            }
        }
        catch (Exception failure) when (MqttNetFailures.IsExpected(failure))
        {
            var how = patience.IsCancellationRequested
                ? MqttDisconnect.Unanswered(answerTimeout)
                : MqttNetFailures.DisconnectOf(failure);
            failed(how);
            request.Lose(how.Text);
        }
        finally
        {
            slot.Release();
        }
    }
}
