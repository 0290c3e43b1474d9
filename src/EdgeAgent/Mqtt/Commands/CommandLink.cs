using EdgeAgent.Commanding;
using EdgeAgent.Mqtt.Connections;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Mqtt.Commands;

/// <summary>Commands and answers on one connection, from the subscription to the last answer.</summary>
internal sealed class CommandLink : IAsyncDisposable
{
    private readonly CommandDesk _desk;
    private readonly IMqttConnection _connection;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _finish = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _loops;
    private bool _hasTold;
    private int _isDisposed;

    private CommandLink(CommandDesk desk, IMqttConnection connection, ILogger log)
    {
        _desk = desk;
        _connection = connection;
        _log = log;
        _loops = Task.WhenAll(ReceiveAsync(), SendAsync());
    }

    /// <summary>Subscribes before the agent says that it is online, so that whoever waits for that is heard.</summary>
    public static async Task<CommandLink> OpenAsync(CommandDesk desk, IMqttConnection connection, ILogger log, CancellationToken cancellationToken)
    {
        var subscribed = await connection.SubscribeAsync([desk.Filter], MqttQos.AtLeastOnce, cancellationToken).ConfigureAwait(false);
        if (subscribed.IsAccepted)
        {
            CommandLog.Listening(log, desk.Filter);
        }
        else
        {
            CommandLog.NotListening(log, subscribed.Text);
        }

        return new CommandLink(desk, connection, log);
    }

    /// <summary>Takes no more commands and sends the answers that wait.</summary>
    public async Task FinishAsync(CancellationToken giveUp)
    {
        await _finish.CancelAsync().ConfigureAwait(false);
        await _loops.WaitAsync(giveUp).ConfigureAwait(false);
    }

    /// <summary>Safe to repeat.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _finish.CancelAsync().ConfigureAwait(false);
        await _abort.CancelAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(false);
        _finish.Dispose();
        _abort.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var lost = 0L;
        try
        {
            await foreach (var message in _connection.Received.ReadAllAsync(_finish.Token).ConfigureAwait(false))
            {
                _desk.Receive(message);
                if (_connection.ReceivedDropped is var dropped && dropped > lost)
                {
                    _desk.Tally.Reject("", new CommandProblem(CommandCodes.Busy, "more messages came than could be looked at"), dropped - lost);
                    lost = dropped;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // A command that came with the farewell is not carried out; nobody was told that it would be.
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (await _desk.Answers.WaitToReadAsync(_finish.Token).ConfigureAwait(false))
            {
                await SendWaitingAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!_abort.IsCancellationRequested)
        {
            await SendWaitingAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The connection is gone; the answers that wait go over the next one.
        }
    }

    private async Task SendWaitingAsync()
    {
        try
        {
            while (!_connection.Disconnected.IsCompleted && _desk.Answers.TryRead(out var answer))
            {
                var result = await _connection.PublishAsync(MessageOf(answer), _abort.Token).ConfigureAwait(false);
                if (result.Reason == MqttReasonCode.PacketTooLarge && answer.Shorter is { } shorter)
                {
                    result = await _connection.PublishAsync(MessageOf(answer with { Body = shorter() }), _abort.Token).ConfigureAwait(false);
                }

                if (!result.IsAccepted)
                {
                    _desk.Tally.AnswerLost();
                    Tell(result.Text);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Its sender did not hear of it and asks again.
            _desk.Tally.AnswerLost();
        }
    }

    private MqttMessage MessageOf(OutgoingAnswer answer) => new()
    {
        Topic = answer.To.Topic,
        Payload = answer.Body,
        ContentType = "application/json",
        CorrelationData = answer.To.Correlation,
        Expiry = _desk.AnswerExpiry,
        UserProperties = answer.Repeated
            ? [new MqttUserProperty("schema", CommandAnswer.SchemaName), new MqttUserProperty("repeated", "true")]
            : [new MqttUserProperty("schema", CommandAnswer.SchemaName)],
    };

    /// <summary>Once per connection: a response topic is a stranger's choice, and a log is not his to fill.</summary>
    private void Tell(string text)
    {
        if (!_hasTold)
        {
            _hasTold = true;
            CommandLog.AnswerNotTaken(_log, text);
        }
    }
}
