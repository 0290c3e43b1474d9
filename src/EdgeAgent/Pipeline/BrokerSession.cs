using System.Text.Json;
using System.Threading.Channels;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// One connection from birth to farewell: says "online", sends what waits on disk, live before backlog, and takes a record out
/// of the outbox only after its PUBACK.
/// </summary>
internal sealed class BrokerSession(
    IMqttConnection connection, BrokerSettings broker, Outbox outbox, AcknowledgedRecords acknowledged, TimeProvider time, ILogger log)
{
    private const int BatchSize = 64;
    private static readonly TimeSpan HistoricalAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryRefusedAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetrySettlingAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>At a stop, so long the backlog goes on, at its pace; the rest stays on disk.</summary>
    private static readonly TimeSpan LastBacklog = TimeSpan.FromSeconds(2);

    private readonly BacklogPace _pace = new(broker.BacklogPerSecond, BatchSize, time);
    private long? _refusedAt;

    /// <summary>The message that the broker publishes for us when the connection dies.</summary>
    public static MqttMessage Will(Topics topics) => Status(topics, "offline");

    public Task<MqttPublishResult> SayAsync(string status, CancellationToken cancellationToken) =>
        connection.PublishAsync(Status(broker.Topics, status), cancellationToken);

    /// <summary>Sends until the connection is lost; after <paramref name="stop"/>, all that is live and a little of the backlog.</summary>
    /// <param name="giveUp">Ends the waiting for acknowledgements.</param>
    public async Task SendAsync(ChannelReader<bool> stored, CancellationToken stop, CancellationToken giveUp)
    {
        var order = new SendOrder(outbox, acknowledged);
        long? stoppedAt = null;
        while (!connection.Disconnected.IsCompleted)
        {
            if (_refusedAt is { } refused && time.GetElapsedTime(refused) >= RetryRefusedAfter)
            {
                _refusedAt = null;
                order.StartAgain();
            }

            acknowledged.TrySettle();
            if (Next(order) is { Count: > 0 } batch)
            {
                await SendBatchAsync(order, batch, giveUp).ConfigureAwait(false);
                continue;
            }

            if (stop.IsCancellationRequested)
            {
                stoppedAt ??= time.GetTimestamp();
                if (!order.HasBacklog || time.GetElapsedTime(stoppedAt.Value) >= LastBacklog)
                {
                    return;
                }
            }

            await RestAsync(stored, order, stop.IsCancellationRequested ? giveUp : stop).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<OutboxRecord> Next(SendOrder order)
    {
        var batch = order.NextLive(BatchSize);
        if (batch.Count == 0 && _pace.Room() is > 0 and var room)
        {
            batch = order.NextBacklog(room);
            _pace.Take(batch.Count);
        }

        return batch;
    }

    /// <summary>Until something is stored, the backlog may go on, or a retry is due.</summary>
    private async Task RestAsync(ChannelReader<bool> stored, SendOrder order, CancellationToken stop)
    {
        var atMost = order.HasBacklog ? _pace.UntilRoom() : RetryRefusedAfter;
        if (!acknowledged.IsEmpty && atMost > RetrySettlingAfter)
        {
            atMost = RetrySettlingAfter;
        }

        using var rest = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var bell = stored.WaitToReadAsync(rest.Token).AsTask();
        var wake = Task.Delay(atMost, time, rest.Token);
        await Task.WhenAny(bell, wake, connection.Disconnected).ConfigureAwait(false);
        await rest.CancelAsync().ConfigureAwait(false);
        stored.TryRead(out _);
    }

    /// <summary>All at once, but of one alarm one after the other: a later message never overtakes an earlier one that is refused.</summary>
    private async Task SendBatchAsync(SendOrder order, IReadOnlyList<OutboxRecord> batch, CancellationToken giveUp)
    {
        var lanes = batch.GroupBy(record => record.Alarm ?? record.Id.ToString()).Select(lane => SendLaneAsync(lane, giveUp));
        foreach (var (settled, blocked) in await Task.WhenAll(lanes).ConfigureAwait(false))
        {
            settled.ForEach(acknowledged.Add);
            if (blocked is not null)
            {
                _refusedAt ??= time.GetTimestamp();
                order.Block(blocked);
            }
        }

        acknowledged.TrySettle();
    }

    /// <returns>What is done with, and the lane's name if it must wait for a retry.</returns>
    private async Task<(List<Settlement> Settled, string? Blocked)> SendLaneAsync(IGrouping<string, OutboxRecord> lane, CancellationToken giveUp)
    {
        var settled = new List<Settlement>();
        foreach (var record in lane)
        {
            if (Judge(record, await connection.PublishAsync(MessageOf(record), giveUp).ConfigureAwait(false)) is not { } settlement)
            {
                return (settled, lane.Key);
            }

            settled.Add(settlement);
        }

        return (settled, null);
    }

    private Settlement? Judge(OutboxRecord record, MqttPublishResult result)
    {
        if (result.IsAccepted)
        {
            return new Settlement(record.Position, DeadReason: null);
        }

        if (result.Reason is MqttReasonCode.TopicNameInvalid or MqttReasonCode.PacketTooLarge or MqttReasonCode.PayloadFormatInvalid)
        {
            PipelineLog.Dead(log, record.Kind, record.Id, result.Text);
            return new Settlement(record.Position, (int)result.Reason);
        }

        if (result.Outcome == MqttRequestOutcome.Refused)
        {
            PipelineLog.Refused(log, record.Kind, record.Id, result.Text);
        }

        return null;
    }

    private MqttMessage MessageOf(OutboxRecord record)
    {
        var late = time.GetUtcNow().ToUnixTimeMilliseconds() - record.MadeAtMs > HistoricalAfter.TotalMilliseconds;
        return new MqttMessage
        {
            Topic = broker.Topics.Of(record.Kind),
            Payload = record.Body,
            ContentType = "application/json",
            UserProperties = RecordProperties.Of(record, late),
        };
    }

    private static MqttMessage Status(Topics topics, string status) => new()
    {
        Topic = topics.Status,
        Payload = JsonSerializer.SerializeToUtf8Bytes(new BrokerStatus("edgeagent/status/1", status, AgentVersion.Text), BrokerStatusJson.Default.BrokerStatus),
        Retain = true,
        ContentType = "application/json",
    };
}
