using System.Collections.Concurrent;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>
/// What is known of the talk with the broker: which requests wait, which are in flight under which packet identifier,
/// and how it ended. Members belong to the loop's thread unless they say otherwise.
/// </summary>
internal sealed class MosquittoSession
{
    private readonly MqttConnectionOptions _options;
    private readonly ConnectionLife _life;
    private readonly TaskCompletionSource<MqttConnectResult> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<MqttRequest> _queue = new();
    private volatile bool _isFinishing;

    private readonly RequestsInFlight _inFlight;
    private readonly List<string> _errors = [];
    private PublishRequest? _sending;
    private int _window;
    private bool _saidGoodbye;

    public MosquittoSession(MqttConnectionOptions options, ConnectionLife life, TimeProvider time)
    {
        _options = options;
        _life = life;
        _inFlight = new RequestsInFlight(time);
        Handlers = new MosquittoHandlers
        {
            Connected = OnConnected,
            Disconnected = OnDisconnected,
            Acknowledged = OnAcknowledged,
            Subscribed = (id, reasons) => (_inFlight.Take(id) as SubscribeRequest)?.Complete(reasons),
            Arrived = life.Arrive,
            Failed = _errors.Add,
        };
    }

    public MosquittoHandlers Handlers { get; }

    /// <summary>Null while it goes on.</summary>
    public MqttDisconnect? End { get; private set; }

    /// <summary>From any thread.</summary>
    public Task<MqttConnectResult> Connected => _connected.Task;

    /// <summary>From any thread.</summary>
    public bool TryAnswer(MqttConnectResult result) => _connected.TrySetResult(result);

    /// <summary>From any thread.</summary>
    public void Queue(MqttRequest request) => _queue.Enqueue(request);

    /// <summary>From any thread: the next time that nothing waits or is in flight, say goodbye.</summary>
    public void Finish() => _isFinishing = true;

    public void Close() =>
        Because(_life.HasBegun ? MqttDisconnectCause.Disposed : MqttDisconnectCause.NeverConnected, "closed on this side");

    public void Send(MosquittoClient client)
    {
        if (_inFlight.IsOldestOlderThan(_options.AnswerTimeout))
        {
            End ??= MqttDisconnect.Unanswered(_options.AnswerTimeout);
        }

        while (End is null && _inFlight.Count < _window && _queue.TryDequeue(out var request))
        {
            if (!request.IsAbandoned)
            {
                Send(client, request);
            }
        }

        if (End is null && _isFinishing && !_saidGoodbye && _queue.IsEmpty && _inFlight.Count == 0)
        {
            _saidGoodbye = true;
            Check(client.Disconnect());
        }
    }

    /// <summary>Ends the session if a call of the library went wrong after TCP was connected.</summary>
    public void Check(MosquittoError error)
    {
        if (error == MosquittoError.Success)
        {
            return;
        }

        var text = _errors.Count > 0 ? string.Join("; ", _errors.Distinct()) : LibMosquitto.Describe(error);
        if (!_life.HasBegun)
        {
            var isTls = error == MosquittoError.Tls || (_options.Tls is not null && _errors.Count > 0);
            Fail(isTls ? MqttConnectResult.TlsFailed(_options.Endpoint, text) : MqttConnectResult.NoBroker(_options, WhyNoBroker(error, text)));
        }
        else if (error == MosquittoError.KeepAlive)
        {
            Because(MqttDisconnectCause.KeepAlive, $"no answer to a ping within {_options.KeepAlive.TotalSeconds:0} s");
        }
        else
        {
            Because(_saidGoodbye ? MqttDisconnectCause.Graceful : MqttDisconnectCause.Network, text);
        }
    }

    public void Fail(MqttConnectResult result)
    {
        Because(_life.HasBegun ? MqttDisconnectCause.Network : MqttDisconnectCause.NeverConnected, result.Text);
        _connected.TrySetResult(result);
    }

    private void Send(MosquittoClient client, MqttRequest request)
    {
        if (request is SubscribeRequest subscribe)
        {
            Track(client.Subscribe(subscribe.Filters, subscribe.Qos, out var id), id, subscribe);
        }
        else if (request is PublishRequest publish)
        {
            _sending = publish;
            var error = client.Publish(publish.Message, out var id);
            if (Refusal(error) is { } refusal)
            {
                publish.Complete(MqttPublishResult.From(refusal, LibMosquitto.Describe(error)));
            }
            else if (_sending is not null)
            {
                Track(error, id, publish);
            }

            _sending = null;
        }
    }

    private void Track(MosquittoError error, int id, MqttRequest request)
    {
        Check(error);
        if (End is null && !_inFlight.TryAdd(id, request))
        {
            // 65,535 messages later the broker still owes the answer to the first.
            Because(MqttDisconnectCause.Network, $"packet identifier {id} is still in use");
        }
    }

    /// <summary>For the end of a connection the library reports an errno that nobody has set.</summary>
    private static string WhyNoBroker(MosquittoError error, string text) =>
        error is MosquittoError.Errno or MosquittoError.ConnectionLost ? "it closed the connection" : text;

    private static MqttReasonCode? Refusal(MosquittoError error) => error switch
    {
        MosquittoError.Invalid or MosquittoError.MalformedUtf8 => MqttReasonCode.TopicNameInvalid,
        MosquittoError.PayloadSize or MosquittoError.OversizePacket => MqttReasonCode.PacketTooLarge,
        MosquittoError.QosNotSupported => MqttReasonCode.QosNotSupported,
        MosquittoError.RetainNotSupported => MqttReasonCode.RetainNotSupported,
        _ => null,
    };

    private void OnConnected(MqttReasonCode reason, bool sessionPresent, MqttServerLimits limits, string? reasonString)
    {
        if (reason != MqttReasonCode.Success)
        {
            Fail(MqttConnectResult.Refused(_options.Endpoint, reason, reasonString));
            return;
        }

        _window = limits.WindowOf(_options);
        _life.Begin(limits);
        _connected.TrySetResult(MqttConnectResult.Connected(_options.Endpoint, sessionPresent, _window));
    }

    private void OnDisconnected(int reason)
    {
        if (reason >= 0x80)
        {
            End ??= MqttDisconnect.Broker((MqttReasonCode)reason);
        }
        else if (_saidGoodbye)
        {
            Because(MqttDisconnectCause.Graceful, "disconnected");
        }
    }

    private void OnAcknowledged(int id, MqttReasonCode reason, string? reasonString)
    {
        var request = _inFlight.Take(id);
        if (request is null && _sending is { Message.Qos: MqttQos.AtMostOnce })
        {
            // QoS 0 that went out at once: its identifier is not known here before Publish returns.
            request = _sending;
            _sending = null;
        }

        (request as PublishRequest)?.Complete(MqttPublishResult.From(reason, reasonString));
    }

    private void Because(MqttDisconnectCause cause, string why) => End ??= MqttDisconnect.Because(cause, why);
}
