using EdgeAgent.Mqtt.Brokers;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Mqtt.HomeAssistant;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>Keeps a connection to a broker and sends over it; alarms and storage never wait for either.</summary>
internal sealed class PublishLoop(
    BrokerSettings broker,
    PipelineChannels channels,
    Outbox outbox,
    PipelineCounters counters,
    CommandParts? commands,
    Func<IMqttConnection, CancellationToken, Task<HomeAssistantLink>>? announce,
    ReconnectBackoff backoff,
    TimeProvider time,
    ILogger<PublishLoop> log)
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(3);

    /// <summary>So many connections in a row that did not last are told.</summary>
    private const int ToldShortLives = 4;

    private readonly BrokerLine _line = new(broker, time, log);

    /// <summary>Outlives a connection: what one broker session could not take out, the next does not send again.</summary>
    private readonly AcknowledgedRecords _acknowledged = new(outbox, counters, log);
    private string? _lastTrouble;

    public async Task RunAsync(CancellationToken stop)
    {
        ReachedBroker? next = null;
        while (!stop.IsCancellationRequested)
        {
            var before = _line.Now();
            var pause = TimeSpan.Zero;
            try
            {
                var attempt = next is null ? await _line.TryAsync(stop).ConfigureAwait(false) : new BrokerAttempt(next, []);
                (next, pause) = attempt.Reached is { } reached
                    ? await UseAsync(reached, attempt, stop).ConfigureAwait(false)
                    : (null, NotReached(attempt));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await _line.PauseAsync(pause, before, stop).ConfigureAwait(false);
        }

        // The agent stops; the broker that would have been next hears nothing of it but the will, which says the same.
        if (next is not null)
        {
            await next.Connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private TimeSpan NotReached(BrokerAttempt attempt)
    {
        Trouble(attempt.TroubleKind, attempt.Trouble);
        return backoff.AfterFailure(attempt.IsUnwelcome);
    }

    /// <summary>From a connection that stands to its end.</summary>
    /// <returns>The connection to go on with, if there is one already, and how long to wait without one.</returns>
    private async Task<(ReachedBroker? Next, TimeSpan Pause)> UseAsync(ReachedBroker reached, BrokerAttempt attempt, CancellationToken stop)
    {
        await using var connection = reached.Connection;
        PipelineLog.Connected(log, _line.Describe(attempt));
        _lastTrouble = null;
        broker.InUse.Current = reached;
        var since = time.GetTimestamp();
        using var watch = _line.Watch(reached);
        var leave = watch.Leave;
        ReachedBroker? next;
        try
        {
            await HoldAsync(connection, reached.Result.Window, leave, stop).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            // Going on is safe: a record that could not be taken out is only sent again.
            Trouble("outbox", $"the outbox cannot be read: {e.Message}");
        }
        finally
        {
            broker.InUse.Current = null;
            next = await watch.EndAsync().ConfigureAwait(false);
        }

        return next is not null || leave.IsCancellationRequested ? (next, TimeSpan.Zero) : (null, AfterLoss(connection, time.GetElapsedTime(since)));
    }

    private TimeSpan AfterLoss(IMqttConnection connection, TimeSpan life)
    {
        var unwelcome = connection.Disconnected is { IsCompletedSuccessfully: true, Result.Reason: { } reason } && reason.AsksToStayAway;
        var pause = backoff.AfterLoss(life, unwelcome);
        if (backoff.ShortLives == ToldShortLives)
        {
            PipelineLog.ShortLives(log, backoff.ShortLives, broker.Options.ClientId);
        }

        return pause;
    }

    /// <summary>Until the connection is lost; when it is to be left, until the farewell is said.</summary>
    private async Task HoldAsync(IMqttConnection connection, int window, CancellationToken leaveForAnother, CancellationToken stop)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(leaveForAnother, stop);
        // Leaving lets what is in flight be acknowledged, but not for long.
        using var giveUp = new CancellationTokenSource();
        await using var limit = leaving.Token.Register(() => giveUp.CancelAfter(FarewellTime));
        var session = new BrokerSession(connection, broker, outbox, _acknowledged, channels.Storage, time, log) { Window = window };
        try
        {
            await using var link = commands is null ? null : await commands.Open(connection, giveUp.Token).ConfigureAwait(false);
            await using var home = announce is null ? null : await announce(connection, giveUp.Token).ConfigureAwait(false);
            await session.SayAsync("online", giveUp.Token).ConfigureAwait(false);
            await session.SendAsync(channels.Stored.Reader, leaving.Token, giveUp.Token).ConfigureAwait(false);
            if (!connection.Disconnected.IsCompleted)
            {
                await (link?.FinishAsync(giveUp.Token) ?? Task.CompletedTask).ConfigureAwait(false);
                await session.SayAsync("offline", giveUp.Token).ConfigureAwait(false);
                await connection.DisconnectAsync(giveUp.Token).ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The broker does not answer: it will publish the will, and what it did not acknowledge stays on disk.
            return;
        }

        PipelineLog.ConnectionLost(log, (await connection.Disconnected.ConfigureAwait(false)).Text);
    }

    /// <summary>Tells of trouble when it changes, not at every attempt.</summary>
    private void Trouble(string kind, string text)
    {
        if (kind != _lastTrouble)
        {
            _lastTrouble = kind;
            PipelineLog.NotConnected(log, text, counters.Stored - counters.Delivered);
        }
    }
}
