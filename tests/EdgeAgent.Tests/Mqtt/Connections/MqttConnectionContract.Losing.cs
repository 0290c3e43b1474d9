using System.Diagnostics;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections;

public abstract partial class MqttConnectionContract
{
    private static MqttMessage Will => Message("status", "offline", retain: true) with
    {
        ContentType = "application/json",
        Expiry = TimeSpan.FromHours(1),
        UserProperties = [new("schema", "1")],
    };

    [Fact]
    public async Task A_killed_broker_loses_every_publish_in_flight()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port));
        broker.Freeze();
        var publishes = Enumerable.Range(0, 500).Select(i => connection.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
        var subscribing = connection.SubscribeAsync(["a"], MqttQos.AtLeastOnce, Limit);
        await broker.KillAsync();

        Assert.All(await Task.WhenAll(publishes), result => Assert.Equal(MqttRequestOutcome.Lost, result.Outcome));
        Assert.Equal(MqttRequestOutcome.Lost, (await subscribing).Outcome);
        Assert.Equal(MqttDisconnectCause.Network, (await EndAsync(connection)).Cause);
        await connection.Received.Completion.WaitAsync(Limit);
        Assert.Equal(MqttRequestOutcome.Lost, (await connection.PublishAsync(Message("a"), Limit)).Outcome);
    }

    [Fact]
    public async Task A_broker_killed_under_load_leaves_no_publish_open()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port));
        var publishes = Enumerable.Range(0, 20_000).Select(i => connection.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
        await publishes[300];
        await broker.KillAsync();

        var results = await Task.WhenAll(publishes);
        Assert.DoesNotContain(results, result => result.Outcome == MqttRequestOutcome.Refused);
        Assert.Contains(results, result => result.Outcome == MqttRequestOutcome.Accepted);
        Assert.Contains(results, result => result.Outcome == MqttRequestOutcome.Lost);
    }

    [Fact]
    public async Task A_broker_killed_again_and_again_never_leaves_anything_open()
    {
        var broker = await BrokerAsync();
        for (var round = 0; round < 20; round++)
        {
            var connection = await ConnectAsync(Options(broker.Port));
            var subscribing = connection.SubscribeAsync(["#"], MqttQos.AtLeastOnce, Limit);
            var publishes = Enumerable.Range(0, 2000).Select(i => connection.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
            await publishes[round * 20]; // at another moment each time
            await broker.KillAsync();

            await Task.WhenAll(publishes);
            await subscribing;
            Assert.Equal(MqttDisconnectCause.Network, (await EndAsync(connection)).Cause);
            await connection.DisposeAsync();
            await broker.RestartAsync();
        }
    }

    [Fact]
    public async Task A_broker_that_stops_is_noticed_and_a_new_connection_finds_it_again()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port));
        await broker.StopAsync();
        var end = await EndAsync(connection);
        Assert.Contains(end.Cause, new[] { MqttDisconnectCause.Network, MqttDisconnectCause.Broker });

        await broker.RestartAsync();
        var next = await ConnectAsync(Options(broker.Port));
        Assert.True((await next.PublishAsync(Message("a"), Limit)).IsAccepted);
    }

    [Fact]
    public async Task The_will_is_published_on_an_abrupt_end()
    {
        var broker = await BrokerAsync();
        var observer = await ObserverAsync(broker, "status");
        var connection = await ConnectAsync(Options(broker.Port) with { Will = Will });
        await connection.DisposeAsync();

        Assert.Equal(MqttDisconnectCause.Disposed, (await EndAsync(connection)).Cause);
        var will = await NextAsync(observer);
        Assert.Equal("offline", Text(will));
        Assert.Equal("application/json", will.ContentType);
        Assert.Equal([new("schema", "1")], will.UserProperties);
        Assert.NotNull(will.Expiry);
        Assert.True((await NextAsync(await ObserverAsync(broker, "status"))).Retain);
    }

    [Fact]
    public async Task The_will_is_not_published_after_a_graceful_end()
    {
        var broker = await BrokerAsync();
        var observer = await ObserverAsync(broker, "status");
        for (var i = 0; i < 20; i++)
        {
            var connection = await ConnectAsync(Options(broker.Port) with { Will = Will });
            await connection.PublishAsync(Message("status", $"{i}"), Limit);
            await connection.DisconnectAsync(Limit);
            Assert.Equal($"{i}", Text(await NextAsync(observer)));
        }

        var last = await ConnectAsync(Options(broker.Port));
        await last.PublishAsync(Message("status", "end"), Limit);
        Assert.Equal("end", Text(await NextAsync(observer)));
    }

    [Fact]
    public async Task A_graceful_end_waits_for_what_is_in_flight()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port));
        var publishes = Enumerable.Range(0, 500).Select(i => connection.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
        await connection.DisconnectAsync(Limit);
        Assert.All(await Task.WhenAll(publishes), result => Assert.True(result.IsAccepted, result.Text));
        Assert.Equal(MqttDisconnectCause.Graceful, (await EndAsync(connection)).Cause);
    }

    [Fact]
    public async Task A_frozen_broker_holds_neither_a_cancelled_publish_nor_the_end()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port) with { DisconnectTimeout = TimeSpan.FromMilliseconds(300) });
        broker.Freeze();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.PublishAsync(Message("a"), cancel.Token));

        var open = connection.PublishAsync(Message("a"), Limit);
        var clock = Stopwatch.StartNew();
        await connection.DisconnectAsync(Limit);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
        Assert.Equal(MqttRequestOutcome.Lost, (await open).Outcome);
        await EndAsync(connection);
    }

    [Fact]
    public async Task A_publish_that_was_cancelled_before_it_was_sent_is_never_sent()
    {
        var broker = await BrokerAsync("max_inflight_messages 1");
        var observer = await ObserverAsync(broker, "a");
        var connection = await ConnectAsync(Options(broker.Port));
        broker.Freeze();
        var first = connection.PublishAsync(Message("a", "first"), Limit);
        using var cancel = new CancellationTokenSource();
        var second = connection.PublishAsync(Message("a", "second"), cancel.Token);
        var third = connection.PublishAsync(Message("a", "third"), Limit);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        broker.Thaw();

        await Task.WhenAll(first, third);
        Assert.Equal(("first", "third"), (Text(await NextAsync(observer)), Text(await NextAsync(observer))));
    }

    [Fact]
    public async Task A_frozen_broker_is_noticed_by_keep_alive_even_under_load()
    {
        var broker = await BrokerAsync();
        var idle = await ConnectAsync(Options(broker.Port, "idle") with { KeepAlive = TimeSpan.FromSeconds(5) });
        var busy = await ConnectAsync(Options(broker.Port, "busy") with { KeepAlive = TimeSpan.FromSeconds(5) });
        broker.Freeze();
        var clock = Stopwatch.StartNew();
        var payload = new byte[100_000]; // more than the kernel buffers
        var publishes = Enumerable.Range(0, 100)
            .Select(_ => busy.PublishAsync(new MqttMessage { Topic = "a", Payload = payload }, Limit)).ToList();

        Assert.Equal(MqttDisconnectCause.KeepAlive, (await EndAsync(idle)).Cause);
        Assert.Equal(MqttDisconnectCause.KeepAlive, (await EndAsync(busy)).Cause);
        Assert.All(await Task.WhenAll(publishes), result => Assert.Equal(MqttRequestOutcome.Lost, result.Outcome));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"took {clock.Elapsed}");
    }

    [Fact]
    public async Task An_idle_connection_is_kept_alive()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port) with { KeepAlive = TimeSpan.FromSeconds(5) });

        // The broker would cut it after one and a half times the keep-alive.
        await Assert.ThrowsAsync<TimeoutException>(() => connection.Disconnected.WaitAsync(TimeSpan.FromSeconds(9), Limit));
        Assert.True((await connection.PublishAsync(Message("a"), Limit)).IsAccepted);
    }

    [Fact]
    public async Task Disposal_at_any_point_ends_everything()
    {
        var broker = await BrokerAsync();
        await using var hole = new BlackHole();
        var ends = new List<IMqttConnection>();
        for (var round = 0; round < 10; round++)
        {
            var untouched = Adapter(Options(broker.Port));
            var connecting = Adapter(Options(hole.Port));
            var connect = connecting.ConnectAsync(Limit);
            var starting = Adapter(Options(broker.Port, $"starting-{round}"));
            var start = starting.ConnectAsync(Limit);
            var publishing = Adapter(Options(broker.Port, $"publishing-{round}"));
            await publishing.ConnectAsync(Limit);
            var publishes = Enumerable.Range(0, 100).Select(i => publishing.PublishAsync(Message("a", $"{i}"), Limit)).ToList();

            var clock = Stopwatch.StartNew();
            IMqttConnection[] all = [untouched, connecting, starting, publishing];
            await Task.WhenAll(all.SelectMany(connection => new[]
            {
                Task.Run(async () => await connection.DisposeAsync()), Task.Run(async () => await connection.DisposeAsync()),
            }));
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"took {clock.Elapsed}");
            Assert.False((await connect).IsConnected);
            await start;
            await Task.WhenAll(publishes);
            ends.AddRange(all);
        }

        foreach (var connection in ends)
        {
            Assert.Contains((await EndAsync(connection)).Cause, new[] { MqttDisconnectCause.Disposed, MqttDisconnectCause.NeverConnected });
        }
    }
}
