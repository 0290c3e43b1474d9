using System.Threading.Channels;
using MQTTnet;

namespace EdgeAgent.Mqtt.Connections.MqttNet;

/// <summary>
/// A connection by MQTTnet 5. Requests go through one pump, because MQTTnet itself bounds nothing: it would have more in
/// flight than the broker's receive maximum, and leaves the order of simultaneous publishes to chance.
/// <code>
/// PublishAsync ─▶ queue ─▶ pump (a free slot each) ─▶ MQTTnet ─▶ answer frees the slot
/// </code>
/// </summary>
internal sealed class MqttNetConnection : IMqttConnection
{
    private readonly MqttConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ConnectionLife _life;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _gone = new();
    private readonly Channel<MqttRequest> _queue =
        Channel.CreateUnbounded<MqttRequest>(new UnboundedChannelOptions { SingleReader = true });

    private readonly TaskCompletionSource _connectingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isUsed;
    private int _isDisposed;
    private volatile bool _saidGoodbye;
    private Task _pump = Task.CompletedTask;
    private Task _watch = Task.CompletedTask;

    public MqttNetConnection(MqttConnectionOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _life = new ConnectionLife(options.ReceivedCapacity);
        _client.ApplicationMessageReceivedAsync += arrived =>
        {
            _life.Arrive(MqttNetMessages.From(arrived.ApplicationMessage));
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += disconnected =>
        {
            OnDisconnected(disconnected);
            return Task.CompletedTask;
        };
    }

    public ChannelReader<MqttMessage> Received => _life.Received;

    public long ReceivedDropped => _life.ReceivedDropped;

    public Task<MqttDisconnect> Disconnected => _life.Ended;

    public async Task<MqttConnectResult> ConnectAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isUsed, 1) != 0)
        {
            throw new InvalidOperationException("A connection connects once.");
        }

        try
        {
            var result = await TryConnectAsync(cancellationToken).ConfigureAwait(false);
            if (!result.IsConnected)
            {
                End(MqttDisconnectCause.NeverConnected, result.Text);
            }

            return result;
        }
        catch (OperationCanceledException)
        {
            End(MqttDisconnectCause.NeverConnected, "given up");
            throw;
        }
        finally
        {
            _connectingEnded.TrySetResult();
        }
    }

    public Task<MqttPublishResult> PublishAsync(MqttMessage message, CancellationToken cancellationToken) =>
        _life.PublishAsync(message, Post, cancellationToken);

    public Task<MqttSubscribeResult> SubscribeAsync(
        IReadOnlyList<string> filters, MqttQos qos, CancellationToken cancellationToken) =>
        _life.SubscribeAsync(filters, qos, Post, cancellationToken);

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_life.HasBegun && !_life.Ended.IsCompleted)
            {
                await SayGoodbyeAsync().WaitAsync(_options.DisconnectTimeout, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TimeoutException)
        {
            // The broker does not answer: closed below.
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        End(_life.HasBegun ? MqttDisconnectCause.Disposed : MqttDisconnectCause.NeverConnected, "closed on this side");
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        if (Interlocked.Exchange(ref _isUsed, 1) != 0)
        {
            await _connectingEnded.Task.ConfigureAwait(false);
        }

        _client.Dispose();
        await Task.WhenAll(_pump, _watch).ConfigureAwait(false);
        _gone.Dispose();
    }

    private async Task<MqttConnectResult> TryConnectAsync(CancellationToken cancellationToken)
    {
        if (_options.Problem() is { } problem)
        {
            return MqttConnectResult.Misconfigured(problem);
        }

        if (_options.Tls?.Problem() is { } tlsProblem)
        {
            return MqttConnectResult.TlsFailed(_options.Endpoint, tlsProblem);
        }

        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, _gone.Token);
        try
        {
            var answer = await _client.ConnectAsync(MqttNetOptions.From(_options), either.Token).ConfigureAwait(false);
            return OnConnectAnswer(answer);
        }
        catch (Exception failure) when (MqttNetFailures.IsExpected(failure) || failure is OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return timeout.IsCancellationRequested
                ? MqttConnectResult.TimedOut(_options.Endpoint, _options.ConnectTimeout)
                : MqttNetFailures.ConnectResult(_options, failure);
        }
    }

    private MqttConnectResult OnConnectAnswer(MqttClientConnectResult answer)
    {
        var reason = (MqttReasonCode)(byte)answer.ResultCode;
        if (reason != MqttReasonCode.Success)
        {
            return MqttConnectResult.Refused(_options.Endpoint, reason, answer.ReasonString);
        }

        var limits = MqttNetOptions.LimitsOf(answer);
        _life.Begin(limits);
        _pump = PumpAsync(Math.Max(1, Math.Min(_options.MaximumInFlight, limits.ReceiveMaximum)));
        _watch = WatchAsync(answer.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(answer.ServerKeepAlive) : _options.KeepAlive);
        return MqttConnectResult.Connected(_options.Endpoint, answer.IsSessionPresent);
    }

    private void Post(MqttRequest request) => _queue.Writer.TryWrite(request);

    private async Task PumpAsync(int window)
    {
        using var slots = new SemaphoreSlim(window);
        try
        {
            await foreach (var request in _queue.Reader.ReadAllAsync(_gone.Token).ConfigureAwait(false))
            {
                await slots.WaitAsync(_gone.Token).ConfigureAwait(false);
                _ = SendAsync(request, slots); // owns its slot: the pump ends only when it has every slot back
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

    private async Task SendAsync(MqttRequest request, SemaphoreSlim slot)
    {
        try
        {
            if (request.IsAbandoned)
            {
                return;
            }

            // Not the caller's token: MQTTnet would forget the request, and the broker's answer would free no slot.
            if (request is PublishRequest publish)
            {
                var answer = await _client.PublishAsync(MqttNetMessages.To(publish.Message), _gone.Token).ConfigureAwait(false);
                publish.Complete(MqttPublishResult.From((MqttReasonCode)(byte)answer.ReasonCode, answer.ReasonString));
            }
            else if (request is SubscribeRequest subscribe)
            {
                var answer = await _client.SubscribeAsync(MqttNetMessages.Subscription(subscribe), _gone.Token).ConfigureAwait(false);
                subscribe.Complete([.. answer.Items.Select(item => (MqttReasonCode)(byte)item.ResultCode)]);
            }
        }
        catch (Exception failure) when (MqttNetFailures.IsExpected(failure) || failure is OperationCanceledException)
        {
            // The connection broke under it. Its end may be announced a moment later, but is certain.
            request.Lose(OneLine.Of(failure.Message));
            End(MqttDisconnectCause.Network, failure.Message);
        }
        finally
        {
            slot.Release();
        }
    }

    /// <summary>
    /// MQTTnet pings by the wall clock and only when it sent nothing: a clock that is set back, or a busy sender, would
    /// hide a dead connection. This asks the broker once per keep-alive, whatever else goes on.
    /// </summary>
    private async Task WatchAsync(TimeSpan keepAlive)
    {
        using var timer = new PeriodicTimer(keepAlive, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token).ConfigureAwait(false))
            {
                using var patience = new CancellationTokenSource(keepAlive / 2, _time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _gone.Token);
                await _client.PingAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (MqttNetFailures.IsExpected(failure) || failure is OperationCanceledException)
        {
            End(MqttNetFailures.CauseOf(failure), $"no answer to a ping within {keepAlive.TotalSeconds / 2:0.#} s");
        }
    }

    private async Task SayGoodbyeAsync()
    {
        _queue.Writer.TryComplete();
        await _pump.ConfigureAwait(false);
        _saidGoodbye = true;
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), _gone.Token).ConfigureAwait(false);
            End(MqttDisconnectCause.Graceful, "disconnected");
        }
        catch (Exception failure) when (MqttNetFailures.IsExpected(failure) || failure is OperationCanceledException)
        {
            End(MqttDisconnectCause.Network, failure.Message);
        }
    }

    private void OnDisconnected(MqttClientDisconnectedEventArgs disconnected)
    {
        var reason = (MqttReasonCode)(byte)disconnected.Reason;
        if (!disconnected.ClientWasConnected && !_life.HasBegun)
        {
            return; // ConnectAsync says it better.
        }

        if (reason.IsFailure && disconnected.Exception is null)
        {
            _life.End(MqttDisconnect.Broker(reason, disconnected.ReasonString));
            _gone.Cancel();
        }
        else
        {
            End(
                _saidGoodbye ? MqttDisconnectCause.Graceful : MqttNetFailures.CauseOf(disconnected.Exception),
                disconnected.Exception?.Message ?? "the broker closed the connection");
        }
    }

    private void End(MqttDisconnectCause cause, string why)
    {
        _life.End(MqttDisconnect.Because(cause, why));
        try
        {
            _gone.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ended and cleaned up before.
        }
    }
}
