using System.Threading.Channels;
using MQTTnet;

namespace EdgeAgent.Mqtt.Connections.MqttNet;

/// <summary>A connection by MQTTnet 5.</summary>
internal sealed class MqttNetConnection : IMqttConnection
{
    private readonly MqttConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ConnectionLife _life;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttNetPump _pump;
    private readonly CancellationTokenSource _gone = new();
    private readonly TaskCompletionSource _connectingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isUsed;
    private int _isDisposed;
    private volatile bool _saidGoodbye;

    // Awaited by disposal.
    private Task _pumping = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private Task _leaving = Task.CompletedTask;

    public MqttNetConnection(MqttConnectionOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _life = new ConnectionLife(options.ReceivedCapacity);
        _pump = new MqttNetPump(_client, options.AnswerTimeout, time, OnRequestFailed);
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
        _life.PublishAsync(message, _pump.Post, cancellationToken);

    public Task<MqttSubscribeResult> SubscribeAsync(
        IReadOnlyList<string> filters, MqttQos qos, CancellationToken cancellationToken) =>
        _life.SubscribeAsync(filters, qos, _pump.Post, cancellationToken);

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_life.HasBegun && !_life.Ended.IsCompleted)
            {
                _leaving = SayGoodbyeAsync();
                await _leaving.WaitAsync(_options.DisconnectTimeout, _time, cancellationToken).ConfigureAwait(false);
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
        await Task.WhenAll(_pumping, _watching, _leaving).ConfigureAwait(false);
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
        catch (Exception failure) when (MqttNetFailures.IsExpected(failure))
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
        _pumping = _pump.RunAsync(limits.WindowOf(_options), _gone.Token);
        var keepAlive = answer.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(answer.ServerKeepAlive) : _options.KeepAlive;
        _watching = new MqttNetPing(_client, keepAlive, _time, End).RunAsync(_gone.Token);
        return MqttConnectResult.Connected(_options.Endpoint, answer.IsSessionPresent, limits.WindowOf(_options));
    }

    private async Task SayGoodbyeAsync()
    {
        _pump.Complete();
        await _pumping.ConfigureAwait(false);
        _saidGoodbye = true;
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), _gone.Token).ConfigureAwait(false);
            End(MqttDisconnectCause.Graceful, "disconnected");
        }
        catch (Exception failure) when (MqttNetFailures.IsExpected(failure))
        {
            End(MqttNetFailures.DisconnectOf(failure));
        }
    }

    /// <summary>
    /// If MQTTnet is already on its way down, its event follows and knows the reason best. If it is not, it would go on with
    /// a socket that cannot send.
    /// </summary>
    private void OnRequestFailed(MqttDisconnect how)
    {
        if (_client.IsConnected || how.Cause == MqttDisconnectCause.Broker)
        {
            End(how);
        }
    }

    private void OnDisconnected(MqttClientDisconnectedEventArgs disconnected)
    {
        // Before that, ConnectAsync says it better.
        if (_life.HasBegun)
        {
            End(_saidGoodbye ? MqttDisconnect.Because(MqttDisconnectCause.Graceful, "disconnected") : MqttNetFailures.DisconnectOf(disconnected));
        }
    }

    private void End(MqttDisconnectCause cause, string why) => End(MqttDisconnect.Because(cause, why));

    private void End(MqttDisconnect how)
    {
        _life.End(how);
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
