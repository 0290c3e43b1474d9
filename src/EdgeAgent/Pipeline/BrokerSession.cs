using System.Text.Json;
using System.Threading.Channels;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Pipeline;

/// <summary>
/// One connection from birth to farewell: says "online", sends what waits on disk, oldest first, and takes a record out
/// of the outbox only after its PUBACK.
/// </summary>
internal sealed class BrokerSession(
    IMqttConnection connection, BrokerSettings broker, Outbox outbox, PipelineCounters counters, TimeProvider time, ILogger log)
{
    private const int BatchSize = 64;
    private static readonly TimeSpan HistoricalAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryRefusedAfter = TimeSpan.FromSeconds(10);

    /// <summary>The message that the broker publishes for us when the connection dies.</summary>
    public static MqttMessage Will(Topics topics) => Status(topics, "offline");

    public Task<MqttPublishResult> SayAsync(string status, CancellationToken cancellationToken) =>
        connection.PublishAsync(Status(broker.Topics, status), cancellationToken);

    /// <summary>
    /// Sends until the connection is lost; after <paramref name="stop"/>, until everything that waits was offered once.
    /// </summary>
    /// <param name="giveUp">Ends the waiting for acknowledgements.</param>
    public async Task SendAsync(ChannelReader<bool> stored, CancellationToken stop, CancellationToken giveUp)
    {
        long position = 0;
        while (!connection.Disconnected.IsCompleted)
        {
            var records = outbox.ReadAfter(position, BatchSize);
            if (records.Count > 0)
            {
                await SendBatchAsync(records, giveUp).ConfigureAwait(false);
                position = records[^1].Position;
            }
            else if (stop.IsCancellationRequested)
            {
                return;
            }
            else
            {
                position = await RestAsync(stored, position, stop).ConfigureAwait(false);
            }
        }
    }

    /// <returns>Where to read on: from the start again if refused records are due for a retry.</returns>
    private async Task<long> RestAsync(ChannelReader<bool> stored, long position, CancellationToken stop)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var bell = stored.WaitToReadAsync(rest.Token).AsTask();
        var retry = Task.Delay(RetryRefusedAfter, time, rest.Token);
        var due = await Task.WhenAny(bell, retry, connection.Disconnected).ConfigureAwait(false) == retry;
        await rest.CancelAsync().ConfigureAwait(false);
        stored.TryRead(out _);
        return due && !stop.IsCancellationRequested ? 0 : position;
    }

    private async Task SendBatchAsync(IReadOnlyList<OutboxRecord> records, CancellationToken giveUp)
    {
        var results = await Task.WhenAll(records.Select(record => connection.PublishAsync(MessageOf(record), giveUp))).ConfigureAwait(false);
        var settled = new List<Settlement>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            if (Judge(records[i], results[i]) is { } settlement)
            {
                settled.Add(settlement);
            }
        }

        outbox.Settle(settled);
        counters.Deliver(settled.Count(settlement => settlement.DeadReason is null));
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
            UserProperties = late ? [new MqttUserProperty("historical", "true")] : [],
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
