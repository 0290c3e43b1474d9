using System.Diagnostics;
using System.Text.Json;
using EdgeAgent.Mqtt.Connections;
using EdgeAgent.Pipeline;
using EdgeAgent.Storage;
using EdgeAgent.Tests.Mqtt;
using EdgeAgent.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Tests.Pipeline;

/// <summary>The order in which an outage's backlog and what is new leave, on a real Mosquitto.</summary>
public sealed class PublishLoopTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset HourAgo = DateTimeOffset.UtcNow.AddHours(-1);

    private readonly TemporaryFolder _folder = new();
    private readonly PipelineChannels _channels = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<MqttMessage> _received = [];
    private Outbox _outbox = null!;
    private MosquittoBroker _broker = null!;
    private IMqttConnection _observer = null!;
    private Task _publishing = Task.CompletedTask;

    private CancellationToken Limit { get; } = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public async Task InitializeAsync()
    {
        _outbox = new Outbox(Path.Combine(_folder.Path, "outbox.db"));
        _broker = await MosquittoBroker.StartAsync();
        _observer = MqttConnectionFactories.Mosquitto(TimeProvider.System)(Options("observer") with { ReceivedCapacity = 20_000 });
        Assert.True((await _observer.ConnectAsync(Limit)).IsConnected);
        Assert.True((await _observer.SubscribeAsync(["edgeagent/#"], MqttQos.AtLeastOnce, Limit)).IsAccepted);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _publishing;
        await _observer.DisposeAsync();
        await _broker.DisposeAsync();
    }

    /// <summary>After <see cref="DisposeAsync"/>.</summary>
    public void Dispose()
    {
        _outbox.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task What_is_new_goes_before_a_backlog_that_goes_at_its_pace_in_order_and_marked()
    {
        var backlog = _outbox.Commit([.. Enumerable.Range(0, 100).Select(_ => OutboxItems.Decision())], HourAgo);
        Restart();
        Publish(backlogPerSecond: 50);
        await ReceiveAsync(1 + 5);
        var started = Stopwatch.StartNew();

        var live = Store(OutboxItems.Decision())[0];
        await ReceiveAsync(1 + 100 + 1);
        var took = started.Elapsed;

        var decisions = Decisions();
        Assert.InRange(decisions.IndexOf(live.Seq!.Value), 1, 40);
        Assert.Equal(backlog.Select(record => record.Seq!.Value), decisions.Where(seq => seq != live.Seq));
        Assert.All(_received.Skip(1), message => Assert.Equal(
            SeqOf(message) != live.Seq, message.UserProperties.Contains(new MqttUserProperty("historical", "true"))));

        // 95 messages at 50 in a second, in groups of 5.
        Assert.True(took > TimeSpan.FromSeconds(1.6), $"took {took}");
        await UntilEmptyAsync();
    }

    [Fact]
    public async Task A_message_of_an_alarm_never_overtakes_an_earlier_one_of_the_same_alarm()
    {
        var alarm = Guid.NewGuid();
        _outbox.Commit([.. Enumerable.Range(0, 100).Select(_ => OutboxItems.Decision())], HourAgo);
        var raised = _outbox.Commit([OutboxItems.Raised("warning", alarm)], HourAgo)[0];
        Publish(backlogPerSecond: 20);
        await ReceiveAsync(2);

        var cleared = Store(OutboxItems.Decision("warning", "machine", "cleared", alarm))[0];
        await ReceiveAsync(1 + 102);

        var decisions = Decisions();
        Assert.True(decisions.IndexOf(raised.Seq!.Value) < decisions.IndexOf(cleared.Seq!.Value));
        Assert.InRange(decisions.IndexOf(cleared.Seq!.Value), 2, 60);
        Assert.Equal(102, decisions.Distinct().Count());
    }

    [Fact]
    public async Task Without_a_limit_everything_goes_and_nothing_twice()
    {
        var alarms = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToList();
        var made = Enumerable.Range(0, 3000).SelectMany(i => _outbox.Commit([OutboxItems.Raised("warning", alarms[i % 40])], HourAgo)).ToList();
        Publish(backlogPerSecond: 0);

        await ReceiveAsync(1 + 3000);
        await UntilEmptyAsync();

        var order = _received.Skip(1).Select(message => JsonDocument.Parse(message.Payload).RootElement)
            .GroupBy(body => body.GetProperty("alarmId").GetString()).Select(lane => lane.Select(body => body.GetProperty("seq").GetInt64()).ToList());
        Assert.All(order, lane => Assert.Equal(lane.Order(), lane));
        Assert.Equal(made.Select(record => record.Seq!.Value), Decisions().Order());
    }

    [SmallDiskFact]
    public async Task What_the_broker_has_and_a_full_disk_does_not_let_go_of_is_not_sent_again_by_the_next_connection()
    {
        using var disk = SmallDisk.Mount();
        using var outbox = new Outbox(Path.Combine(disk.Path, "outbox.db"));
        outbox.Commit([.. Enumerable.Range(0, 30).Select(_ => OutboxItems.Decision())], HourAgo);
        disk.Fill();
        var acknowledged = new AcknowledgedRecords(outbox, new PipelineCounters(), NullLogger.Instance);

        for (var connections = 0; connections < 2; connections++)
        {
            await using var connection = MqttConnectionFactories.Mosquitto(TimeProvider.System)(Options("agent"));
            Assert.True((await connection.ConnectAsync(Limit)).IsConnected);
            var session = new BrokerSession(connection, Settings(0), outbox, acknowledged, _channels.Storage, TimeProvider.System, NullLogger.Instance);
            using var stopped = new CancellationTokenSource();
            await stopped.CancelAsync();
            await session.SendAsync(_channels.Stored.Reader, stopped.Token, Limit);
        }

        Assert.False(acknowledged.IsEmpty, "the disk took the deletion, so this test shows nothing");
        disk.Empty();
        acknowledged.TrySettle();
        _ = await _observer.PublishAsync(new MqttMessage { Topic = "edgeagent/end", Payload = "{}"u8.ToArray() }, Limit);
        await ReceiveAsync(31);

        Assert.Equal("edgeagent/end", _received[^1].Topic);
        Assert.Equal((0, 30), (outbox.Status().Waiting, outbox.Status().Delivered));
    }

    /// <summary>What an earlier run stored is as old as the wall clock says.</summary>
    private void Restart()
    {
        _outbox.Dispose();
        _outbox = new Outbox(Path.Combine(_folder.Path, "outbox.db"));
    }

    private MqttConnectionOptions Options(string client) => new() { Host = "127.0.0.1", Port = _broker.Port, ClientId = client };

    private BrokerSettings Settings(int backlogPerSecond) =>
        new(MqttConnectionFactories.Mosquitto(TimeProvider.System), Options("agent"), new Topics("site", "device")) { BacklogPerSecond = backlogPerSecond };

    private void Publish(int backlogPerSecond) => _publishing = new PublishLoop(
        Settings(backlogPerSecond), _channels, _outbox, new PipelineCounters(), commands: null, announce: null, new ReconnectBackoff(new Random(1)), TimeProvider.System,
        NullLogger<PublishLoop>.Instance).RunAsync(_stop.Token);

    private IReadOnlyList<OutboxRecord> Store(OutboxItem item)
    {
        var records = _outbox.Commit([item], DateTimeOffset.UtcNow);
        _channels.Stored.Writer.TryWrite(true);
        return records;
    }

    /// <summary>The first is the retained "online".</summary>
    private async Task ReceiveAsync(int count)
    {
        while (_received.Count < count)
        {
            _received.Add(await _observer.Received.ReadAsync(Limit));
        }
    }

    private async Task UntilEmptyAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (_outbox.Status().Waiting > 0)
        {
            await timer.WaitForNextTickAsync(Limit);
        }
    }

    private List<long> Decisions() => [.. _received.Skip(1).Select(SeqOf)];

    private static long SeqOf(MqttMessage message) => JsonDocument.Parse(message.Payload).RootElement.GetProperty("seq").GetInt64();
}
