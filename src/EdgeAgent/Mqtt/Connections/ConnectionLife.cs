using System.Threading.Channels;

namespace EdgeAgent.Mqtt.Connections;

/// <summary>
/// What every adapter keeps of its one connection: the broker's limits, who awaits an answer, what arrived, how it ended.
/// <code>made ─Begin─▶ up ─End─▶ gone    (End also straight from "made")</code>
/// Whoever awaits an answer when it ends gets "lost" in the same moment, so no request outlives its connection.
/// </summary>
internal sealed class ConnectionLife
{
    private readonly TaskCompletionSource<MqttDisconnect> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<MqttMessage> _received;
    private long _dropped;

    // Guards what follows.
    private readonly Lock _gate = new();
    private readonly HashSet<MqttRequest> _open = [];
    private MqttServerLimits? _limits;
    private string? _goneBecause;

    public ConnectionLife(int receivedCapacity) =>
        _received = Channel.CreateBounded<MqttMessage>(
            new BoundedChannelOptions(receivedCapacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleWriter = true },
            _ => Interlocked.Increment(ref _dropped));

    public Task<MqttDisconnect> Ended => _ended.Task;

    public ChannelReader<MqttMessage> Received => _received.Reader;

    public long ReceivedDropped => Interlocked.Read(ref _dropped);

    /// <summary>The broker said yes at some time.</summary>
    public bool HasBegun
    {
        get
        {
            lock (_gate)
            {
                return _limits is not null;
            }
        }
    }

    public void Begin(MqttServerLimits limits)
    {
        lock (_gate)
        {
            _limits = limits;
        }
    }

    public void Arrive(MqttMessage message) => _received.Writer.TryWrite(message);

    /// <summary>The first call wins.</summary>
    public void End(MqttDisconnect how)
    {
        List<MqttRequest> lost;
        lock (_gate)
        {
            if (_goneBecause is not null)
            {
                return;
            }

            _goneBecause = how.Text;
            lost = [.. _open];
            _open.Clear();
        }

        lost.ForEach(request => request.Lose(how.Text));
        _received.Writer.TryComplete();
        _ended.TrySetResult(how);
    }

    /// <param name="message">What to publish.</param>
    /// <param name="send">Hands the request to the adapter; must not block.</param>
    /// <param name="cancellationToken">Ends the wait, and the message if it was not sent yet.</param>
    public async Task<MqttPublishResult> PublishAsync(
        MqttMessage message, Action<MqttRequest> send, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new PublishRequest(message);
        if (!TryOpen(request, out var limits))
        {
            return await request.Result.ConfigureAwait(false);
        }

        if (limits.Refusal(message) is { } refusal)
        {
            Close(request);
            return refusal;
        }

        return await AnswerAsync(request, request.Result, send, cancellationToken).ConfigureAwait(false);
    }

    public async Task<MqttSubscribeResult> SubscribeAsync(
        IReadOnlyList<string> filters, MqttQos qos, Action<MqttRequest> send, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!filters.All(MqttTopics.IsFilter))
        {
            return MqttSubscribeResult.From(filters, [.. filters.Select(filter =>
                MqttTopics.IsFilter(filter) ? MqttReasonCode.Success : MqttReasonCode.TopicFilterInvalid)]);
        }

        var request = new SubscribeRequest(filters, qos);
        return TryOpen(request, out _)
            ? await AnswerAsync(request, request.Result, send, cancellationToken).ConfigureAwait(false)
            : await request.Result.ConfigureAwait(false);
    }

    private async Task<TResult> AnswerAsync<TResult>(
        MqttRequest request, Task<TResult> result, Action<MqttRequest> send, CancellationToken cancellationToken)
    {
        try
        {
            send(request);
            return await result.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            request.Abandon();
            throw;
        }
        finally
        {
            Close(request);
        }
    }

    /// <summary>False: there is no connection and the request is completed as lost.</summary>
    private bool TryOpen(MqttRequest request, out MqttServerLimits limits)
    {
        lock (_gate)
        {
            limits = _limits ?? new MqttServerLimits();
            if (_limits is not null && _goneBecause is null)
            {
                _open.Add(request);
                return true;
            }

            request.Lose(_goneBecause ?? "not connected");
            return false;
        }
    }

    private void Close(MqttRequest request)
    {
        lock (_gate)
        {
            _open.Remove(request);
        }
    }
}
