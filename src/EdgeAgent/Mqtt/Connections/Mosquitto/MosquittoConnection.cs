using System.Threading.Channels;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>A connection by Eclipse Mosquitto's client library.</summary>
internal sealed class MosquittoConnection : IMqttConnection
{
    private const int StopPatienceTurns = 20;
    private static readonly TimeSpan StopPatience = TimeSpan.FromMilliseconds(100);

    private readonly MqttConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ConnectionLife _life;
    private readonly MosquittoLoop _loop;
    private int _isUsed;
    private bool _isStarted;

    public MosquittoConnection(MqttConnectionOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _life = new ConnectionLife(options.ReceivedCapacity);
        _loop = new MosquittoLoop(options, _life, time);
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

        if (_options.Problem() is { } problem)
        {
            return NotStarted(MqttConnectResult.Misconfigured(problem));
        }

        if (_options.Tls?.Problem() is { } tlsProblem)
        {
            return NotStarted(MqttConnectResult.TlsFailed(_options.Endpoint, tlsProblem));
        }

        _isStarted = true;
        _loop.Start();
        try
        {
            return await _loop.Connected.WaitAsync(_options.ConnectTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return _loop.GiveUp(MqttConnectResult.TimedOut(_options.Endpoint, _options.ConnectTimeout));
        }
        catch (OperationCanceledException)
        {
            _loop.GiveUp(MqttConnectResult.Unreachable(_options.Endpoint, "given up"));
            throw;
        }
    }

    public Task<MqttPublishResult> PublishAsync(MqttMessage message, CancellationToken cancellationToken) =>
        _life.PublishAsync(message, _loop.Post, cancellationToken);

    public Task<MqttSubscribeResult> SubscribeAsync(
        IReadOnlyList<string> filters, MqttQos qos, CancellationToken cancellationToken) =>
        _life.SubscribeAsync(filters, qos, _loop.Post, cancellationToken);

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        _loop.Finish();
        try
        {
            if (_isStarted)
            {
                await _life.Ended.WaitAsync(_options.DisconnectTimeout, _time, cancellationToken).ConfigureAwait(false);
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
        _loop.StopNow();
        if (Interlocked.Exchange(ref _isUsed, 1) == 0)
        {
            _loop.Dispose();
        }

        _life.End(MqttDisconnect.Because(
            _life.HasBegun ? MqttDisconnectCause.Disposed : MqttDisconnectCause.NeverConnected, "closed on this side"));

        // A thread inside a name lookup cannot be reached; it frees what it holds when the lookup ends.
        for (var turn = 0; turn < StopPatienceTurns && _isStarted && !_loop.Ended.IsCompleted; turn++)
        {
            _loop.StopNow();
            await Task.WhenAny(_loop.Ended, Task.Delay(StopPatience, _time, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    private MqttConnectResult NotStarted(MqttConnectResult result)
    {
        _loop.Dispose();
        _life.End(MqttDisconnect.Because(MqttDisconnectCause.NeverConnected, result.Text));
        return result;
    }
}
