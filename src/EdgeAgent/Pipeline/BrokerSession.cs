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
    IMqttConnection connection, BrokerSettings broker, Outbox outbox, AcknowledgedRecords acknowledged, StorageSign storage, TimeProvider time, ILogger log)
{
    private const int LargestGroup = 64;
    private const int GroupsReadAhead = 4;
    private static readonly TimeSpan RetryRefusedAfter = TimeSpan.FromSeconds(10);

    /// <summary>What is acknowledged waits at most so long for more to be taken out with it, and as long before the disk is asked again.</summary>
    private static readonly TimeSpan LongestSettlingPause = TimeSpan.FromMilliseconds(250);

    /// <summary>At a stop, so long the backlog goes on, at its pace; the rest stays on disk.</summary>
    private static readonly TimeSpan LastBacklog = TimeSpan.FromSeconds(2);

    private readonly BacklogPace _pace = new(broker.BacklogPerSecond, LargestGroup, time);
    private long? _refusedAt;
    private long? _settlingPauseFrom;
    private long? _stoppedAt;
    private bool _liveWaits = true;
    private string? _storageSaid;

    /// <summary>How many records may be sent and not be taken out of the outbox yet: a kill sends so many again.</summary>
    public int Window { get; init; } = MqttConnectionOptions.UsualInFlight;

    private bool IsBacklogOver => _stoppedAt is { } stopped && time.GetElapsedTime(stopped) >= LastBacklog;

    /// <summary>The message that the broker publishes for us when the connection dies.</summary>
    public static MqttMessage Will(Topics topics) => Status(topics, "offline", storage: null);

    /// <param name="status">"online" or "offline".</param>
    public Task<MqttPublishResult> SayAsync(string status, CancellationToken cancellationToken)
    {
        _storageSaid = status == "online" ? storage.State : null;
        return connection.PublishAsync(Status(broker.Topics, status, _storageSaid), cancellationToken);
    }

    /// <summary>Sends until the connection is lost; after <paramref name="stop"/>, all that is live and a little of the backlog.</summary>
    /// <param name="giveUp">Ends the waiting for acknowledgements.</param>
    public async Task SendAsync(ChannelReader<bool> stored, CancellationToken stop, CancellationToken giveUp)
    {
        var window = new SendWindow(Window, acknowledged);
        var bell = new SessionBell(stored, connection.Disconnected, time);
        await using var ringing = bell.ConfigureAwait(false);
        await using var stopping = stop.Register(bell.Ring);
        try
        {
            var order = new SendOrder(outbox, window, readAhead: GroupsReadAhead * _pace.Group);
            bell.Ring();
            while (!connection.Disconnected.IsCompleted)
            {
                await bell.WaitAsync(UntilDue(window, order)).ConfigureAwait(false);
                await acknowledged.CollectAsync().ConfigureAwait(false);
                await JudgeAsync(window, order).ConfigureAwait(false);
                if (_storageSaid is not null && _storageSaid != storage.State)
                {
                    await SayAsync("online", giveUp).ConfigureAwait(false);
                }

                RetryRefused(order);
                _liveWaits |= bell.TakeStored();
                NoteStop(stop);
                Send(window, order, bell.Ring, giveUp);
                Settle(window, bell.Ring);
                if (_stoppedAt is not null && window.IsIdle && !_liveWaits && (!order.HasBacklog || IsBacklogOver))
                {
                    return;
                }
            }

            // The connection has ended: what is in flight is lost or was answered.
            while (window.InFlight > 0)
            {
                await bell.WaitAsync(LongestSettlingPause).ConfigureAwait(false);
                await JudgeAsync(window, order).ConfigureAwait(false);
            }
        }
        finally
        {
            await acknowledged.FinishAsync().ConfigureAwait(false);
            acknowledged.TrySettle();
        }
    }

    private void NoteStop(CancellationToken stop)
    {
        if (stop.IsCancellationRequested && _stoppedAt is null)
        {
            _stoppedAt = time.GetTimestamp();
            _liveWaits = true; // Once more: what was stored last.
        }
    }

    private void RetryRefused(SendOrder order)
    {
        if (_refusedAt is { } refused && time.GetElapsedTime(refused) >= RetryRefusedAfter)
        {
            _refusedAt = null;
            order.StartAgain();
        }
    }

    private void Send(SendWindow window, SendOrder order, Action answered, CancellationToken giveUp)
    {
        do
        {
            window.Send(record => connection.PublishAsync(MessageOf(record), giveUp), answered);
        }
        while (TakeNext(window, order));
    }

    /// <returns>Whether there was something.</returns>
    private bool TakeNext(SendWindow window, SendOrder order)
    {
        if (window.Free is not (> 0 and var free))
        {
            return false;
        }

        IReadOnlyList<OutboxRecord> next = _liveWaits ? order.NextLive(free) : [];
        _liveWaits = next.Count > 0;
        if (!_liveWaits && !IsBacklogOver && _pace.Room() is > 0 and var room)
        {
            next = order.NextBacklog(Math.Min(room, free));
            _pace.Take(next.Count);
        }

        foreach (var record in next)
        {
            window.Take(record);
        }

        return next.Count > 0;
    }

    /// <summary>Half a window at a time, so that the other half is on its way; sooner if no more answers are due. Each time costs an fsync.</summary>
    private void Settle(SendWindow window, Action done)
    {
        if (acknowledged.IsEmpty || acknowledged.IsSettling)
        {
            return;
        }

        _settlingPauseFrom ??= time.GetTimestamp();
        if (acknowledged.Fresh >= Math.Max(1, window.Size / 2)
            || (window.IsIdle && acknowledged.Fresh > 0)
            || time.GetElapsedTime(_settlingPauseFrom.Value) >= LongestSettlingPause)
        {
            _settlingPauseFrom = null;
            acknowledged.StartSettling(done);
        }
    }

    /// <summary>Until the backlog may go on, or a retry is due; what happens before rings the bell.</summary>
    private TimeSpan UntilDue(SendWindow window, SendOrder order)
    {
        var due = acknowledged.IsEmpty && window.InFlight == 0 ? RetryRefusedAfter : LongestSettlingPause;
        return order.HasBacklog && !IsBacklogOver && window.Free > 0 && _pace.UntilRoom() is var pause && pause < due ? pause : due;
    }

    /// <summary>Takes the answers that came.</summary>
    private async ValueTask JudgeAsync(SendWindow window, SendOrder order)
    {
        while (window.TryTakeAnswer(out var record, out var answer))
        {
            if (PublishVerdict.Of(record, await answer.ConfigureAwait(false), log) is { } settlement)
            {
                acknowledged.Add(settlement);
                window.Next(record.Alarm);
                continue;
            }

            window.GiveBack(record.Alarm);
            _refusedAt ??= time.GetTimestamp();
            order.Block(record.Alarm);
        }
    }

    private MqttMessage MessageOf(OutboxRecord record) => new()
    {
        Topic = broker.Topics.Of(record.Kind),
        Payload = record.Body,
        ContentType = "application/json",
        UserProperties = RecordProperties.Of(record, outbox.IsHistorical(record)),
    };

    private static MqttMessage Status(Topics topics, string status, string? storage) => new()
    {
        Topic = topics.Status,
        Payload = JsonSerializer.SerializeToUtf8Bytes(new BrokerStatus("edgeagent/status/1", status, AgentVersion.Text, storage), BrokerStatusJson.Default.BrokerStatus),
        Retain = true,
        ContentType = "application/json",
    };
}
