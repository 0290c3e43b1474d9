using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Mqtt.HomeAssistant;
using EdgeAgent.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>Keeps a connection to the broker and sends over it; alarms and storage never wait for either.</summary>
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

    /// <summary>Outlives a connection: what one broker session could not take out, the next does not send again.</summary>
    private readonly AcknowledgedRecords _acknowledged = new(outbox, counters, log);
    private string? _lastTrouble;

    public async Task RunAsync(CancellationToken stop)
    {
        var options = broker.Options with { Will = BrokerSession.Will(broker.Topics) };
        while (!stop.IsCancellationRequested)
        {
            await using var connection = broker.Connect(options);
            try
            {
                await HoldAsync(connection, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (SqliteException e)
            {
                // Going on is safe: a record that could not be taken out is only sent again.
                Trouble($"the outbox cannot be read: {e.Message}");
            }

            await RestAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>From CONNECT until the connection is lost; at a stop, until the farewell is said.</summary>
    private async Task HoldAsync(IMqttConnection connection, CancellationToken stop)
    {
        var result = await connection.ConnectAsync(stop).ConfigureAwait(false);
        if (!result.IsConnected)
        {
            Trouble(result.Text);
            return;
        }

        PipelineLog.Connected(log, result.Text);
        _lastTrouble = null;
        backoff.Reset();
        // A stop lets what is in flight be acknowledged, but not for long.
        using var giveUp = new CancellationTokenSource();
        await using var limit = stop.Register(() => giveUp.CancelAfter(FarewellTime));
        var session = new BrokerSession(connection, broker, outbox, _acknowledged, channels.Storage, time, log) { Window = result.Window };
        try
        {
            await using var link = commands is null ? null : await commands.Open(connection, giveUp.Token).ConfigureAwait(false);
            await using var home = announce is null ? null : await announce(connection, giveUp.Token).ConfigureAwait(false);
            await session.SayAsync("online", giveUp.Token).ConfigureAwait(false);
            await session.SendAsync(channels.Stored.Reader, stop, giveUp.Token).ConfigureAwait(false);
            if (!connection.Disconnected.IsCompleted)
            {
                await (link?.FinishAsync(giveUp.Token) ?? Task.CompletedTask).ConfigureAwait(false);
                await session.SayAsync("offline", giveUp.Token).ConfigureAwait(false);
                await connection.DisconnectAsync(giveUp.Token).ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The broker does not answer: it will publish the will, and what it did not acknowledge stays on disk.
            return;
        }

        PipelineLog.ConnectionLost(log, (await connection.Disconnected.ConfigureAwait(false)).Text);
    }

    private async Task RestAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(backoff.Next(), time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }

    /// <summary>Tells of trouble when it changes, not at every attempt.</summary>
    private void Trouble(string text)
    {
        if (text != _lastTrouble)
        {
            _lastTrouble = text;
            PipelineLog.NotConnected(log, text, counters.Stored - counters.Delivered);
        }
    }
}
