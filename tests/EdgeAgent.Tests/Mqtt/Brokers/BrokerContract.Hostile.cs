using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Brokers;

public abstract partial class BrokerContract
{
    [Fact]
    public async Task A_decision_tells_its_type_schema_and_number_before_it_is_parsed()
    {
        var broker = await BrokerAsync();
        var observer = await ObserverAsync(broker.Port, Topics.Of("decision"));
        var agent = Start(Settings(broker.Port));
        agent.Store(2);
        for (var seq = 1; seq <= 2; seq++)
        {
            var message = await observer.Received.ReadAsync(Limit);
            Assert.Equal("application/json", message.ContentType);
            Assert.Equal([new("schema", "edgeagent/decision/1"), new("seq", $"{seq}")], message.UserProperties);
            Assert.Null(message.Expiry);
        }
    }

    [Fact]
    public async Task A_frozen_broker_delays_and_loses_nothing()
    {
        var broker = await BrokerAsync();
        var agent = Start(Settings(broker.Port));
        var observer = await ObserverAsync(broker.Port);
        await HearAsync(observer, agent.Store(10));

        broker.Freeze();
        var ids = agent.Store(200);
        Assert.Contains("ping", await agent.Log.WaitForAsync("MQTT connection lost", Limit), StringComparison.Ordinal);
        await agent.Log.WaitForAsync("no answer within 2 s", Limit);
        Assert.True(agent.Outbox.Status().Waiting > 0);
        broker.Thaw();

        var heard = await HearAsync(observer, ids);
        await agent.UntilAllDeliveredAsync(Limit);
        Assert.Equal(ids.Order(), heard.Keys.Order());
    }

    [Fact]
    public async Task A_broker_that_drops_every_seventh_acknowledgement_gets_everything_some_of_it_twice()
    {
        var broker = await BrokerAsync();
        var acknowledged = 0;
        var proxy = Keep(new MqttProxy(broker.Port) { FromBroker = packet => MqttProxy.IsPuback(packet) && Interlocked.Increment(ref acknowledged) % 7 == 0 ? null : packet });
        var observer = await ObserverAsync(broker.Port);
        var agent = Start(Settings(proxy.Port) with { Options = Options(proxy.Port) with { AnswerTimeout = TimeSpan.FromSeconds(1) } });

        var ids = agent.Store(100);
        await agent.UntilAllDeliveredAsync(Limit);

        var heard = await HearAsync(observer, ids);
        Assert.Equal(ids.Order(), heard.Keys.Order());
        Assert.Contains("no answer to a request within 1 s", await agent.Log.WaitForAsync("MQTT connection lost", Limit), StringComparison.Ordinal);
        Assert.True(proxy.Connects > 1);
        Assert.Equal(100, agent.Outbox.Status().Delivered);
    }

    [Fact]
    public async Task A_broker_that_restarts_without_its_state_is_told_again_who_is_there_and_what_it_did_not_acknowledge()
    {
        var broker = await BrokerAsync();
        var proxy = Keep(new MqttProxy(broker.Port));
        var agent = Start(Settings(proxy.Port));
        await HearAsync(await ObserverAsync(broker.Port), agent.Store(10));

        broker.Freeze();
        var ids = agent.Store(100);
        proxy.Lets = false;
        await broker.KillAsync();
        await broker.RestartAsync();
        var observer = await ObserverAsync(broker.Port);
        proxy.Lets = true;

        Assert.Equal("online", await StatusAsync(observer));
        await HearAsync(observer, ids);
        await agent.UntilAllDeliveredAsync(Limit);
    }

    [Fact]
    public async Task What_the_access_list_refuses_is_kept_and_tried_again_without_a_busy_loop()
    {
        var broker = Keep(await MosquittoBroker.StartAsync(folder =>
        {
            File.WriteAllText(Path.Combine(folder, "acl"), "topic readwrite edgeagent/v1/site/device/status\n");
            return [$"acl_file {folder}/acl"];
        }));
        var proxy = Keep(new MqttProxy(broker.Port));
        var agent = Start(Settings(proxy.Port));
        var ids = agent.Store(3);
        await agent.Log.WaitForAsync("kept for a retry: not authorized (0x87)", Limit, count: 3);

        // The second round of the same three comes after a pause; each was sent once before it.
        var first = proxy.Publishes;
        await agent.Log.WaitForAsync("kept for a retry: not authorized (0x87)", Limit, count: 6);
        Assert.Equal((1 + 3, 1 + 6), (first, proxy.Publishes));
        Assert.Equal((3, 0), (agent.Outbox.Status().Waiting, agent.Outbox.Status().Dead));
        Assert.Equal(1, proxy.Connects);

        await broker.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(broker.Folder, "acl"), "topic readwrite edgeagent/#\n", Limit);
        await broker.RestartAsync();
        await agent.UntilAllDeliveredAsync(Limit);
        Assert.Equal(3, agent.Outbox.Status().Delivered);
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public async Task What_exceeds_a_quota_is_kept_and_tried_again()
    {
        var broker = await BrokerAsync();
        var full = true;
        var proxy = Keep(new MqttProxy(broker.Port)
        {
            FromBroker = packet => MqttProxy.IsPuback(packet) && Volatile.Read(ref full) ? MqttProxy.PubackWith(packet, (byte)MqttReasonCode.QuotaExceeded) : packet,
        });
        var agent = Start(Settings(proxy.Port));
        agent.Store(3);
        await agent.Log.WaitForAsync("kept for a retry: quota exceeded (0x97)", Limit, count: 3);
        Assert.Equal((3, 0), (agent.Outbox.Status().Waiting, agent.Outbox.Status().Dead));

        Volatile.Write(ref full, false);
        await agent.UntilAllDeliveredAsync(Limit);
        Assert.Equal(1, proxy.Connects);
    }

    [Fact]
    public async Task What_is_larger_than_the_broker_takes_becomes_a_counted_dead_letter_and_blocks_nothing()
    {
        var broker = await BrokerAsync("max_packet_size 2000");
        var observer = await ObserverAsync(broker.Port);
        var agent = Start(Settings(broker.Port));
        agent.Store(1, padding: 3000);
        var ids = agent.Store(10);

        await HearAsync(observer, ids);
        await agent.UntilAllDeliveredAsync(Limit);
        Assert.Equal((10, 1), (agent.Outbox.Status().Delivered, agent.Outbox.Status().Dead));
        Assert.Contains("packet too large (0x95)", await agent.Log.WaitForAsync("moved to the dead letters", Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_takes_one_message_at_a_time_gets_them_all()
    {
        var broker = await BrokerAsync("max_inflight_messages 1");
        var observer = await ObserverAsync(broker.Port);
        var agent = Start(Settings(broker.Port));
        await HearAsync(observer, agent.Store(200));
        await agent.UntilAllDeliveredAsync(Limit);
    }

    [Fact]
    public async Task A_broker_that_is_stopped_is_found_again_soon()
    {
        var broker = await BrokerAsync();
        var agent = Start(Settings(broker.Port));
        await agent.Log.WaitForAsync("MQTT connected", Limit);
        await broker.StopAsync();
        await agent.Log.WaitForAsync("MQTT connection lost", Limit);
        agent.Store(10);
        await broker.RestartAsync();
        await agent.UntilAllDeliveredAsync(Limit);
    }

    [Fact]
    public async Task Two_agents_with_the_same_client_id_fight_ever_slower_and_say_what_may_be_wrong()
    {
        var broker = await BrokerAsync();
        var proxy = Keep(new MqttProxy(broker.Port));
        var one = Start(Settings(proxy.Port));
        await one.Log.WaitForAsync("MQTT connected", Limit);
        var other = Start(Settings(proxy.Port));

        // Mosquitto 2.0.11 closes the older connection without a reason.
        await one.Log.WaitForAsync("4 connections in a row did not last; does another client use the id agent?", Limit);
        await other.Log.WaitForAsync("4 connections in a row did not last; does another client use the id agent?", Limit);
        Assert.InRange(proxy.Connects, 8, 10);
        one.Store(5);
        other.Store(5);
        await one.UntilAllDeliveredAsync(Limit);
        await other.UntilAllDeliveredAsync(Limit);
    }

    [Theory]
    [InlineData(0x86, "bad user name or password (0x86)", false)]
    [InlineData(0x87, "not authorized (0x87)", false)]
    [InlineData(0x89, "server busy (0x89)", false)]
    [InlineData(0x8A, "banned (0x8A)", true)]
    [InlineData(0x97, "quota exceeded (0x97)", true)]
    [InlineData(0x9C, "use another server (0x9C)", true)]
    [InlineData(0x9D, "server moved (0x9D)", true)]
    [InlineData(0x9F, "connection rate exceeded (0x9F)", true)]
    public async Task A_refused_connection_is_told_and_tried_again_later_where_the_broker_wants_to_be_left_alone(byte reason, string text, bool staysAway)
    {
        var broker = await BrokerAsync();
        var proxy = Keep(new MqttProxy(broker.Port) { FromBroker = packet => packet[0] == 0x20 ? [0x20, 3, 0, reason, 0] : packet });
        var agent = Start(Settings(proxy.Port));
        Assert.Contains(text, await agent.Log.WaitForAsync("MQTT not connected", Limit), StringComparison.Ordinal);
        if (staysAway)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), Limit);
            Assert.Equal(1, proxy.Connects);
        }

        proxy.FromBroker = packet => packet;
        agent.Store(5);
        await agent.UntilAllDeliveredAsync(Limit);
        Assert.Single(agent.Log.Lines, line => line.Contains("MQTT not connected", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0x8E, "session taken over (0x8E)")]
    [InlineData(0x96, "message rate too high (0x96)")]
    [InlineData(0x97, "quota exceeded (0x97)")]
    [InlineData(0x98, "administrative action (0x98)")]
    [InlineData(0x9D, "server moved (0x9D)")]
    public async Task A_broker_that_throws_the_agent_out_is_left_alone_for_a_while_and_the_next_one_is_used(byte reason, string text)
    {
        var (first, second) = (await BrokerAsync(), await BrokerAsync());
        var thrown = 0;
        var proxy = Keep(new MqttProxy(first.Port)
        {
            // The first answer to a publish is a DISCONNECT; after that no connection is taken.
            FromBroker = packet => packet[0] == 0x20 && Volatile.Read(ref thrown) > 0 ? [0x20, 3, 0, reason, 0]
                : MqttProxy.IsPuback(packet) && Interlocked.Increment(ref thrown) == 1 ? [0xE0, 2, reason, 0] : packet,
        });
        var observer = await ObserverAsync(second.Port);
        var agent = Start(Settings(proxy.Port) with { Alternatives = [new("127.0.0.1", second.Port)] });
        Assert.Contains(text, await agent.Log.WaitForAsync("MQTT connection lost", Limit), StringComparison.Ordinal);
        await HearAsync(observer, agent.Store(5));
        Assert.Equal(2, proxy.Connects);
    }

    [Theory]
    [InlineData(0x81, "malformed packet (0x81)")]
    [InlineData(0x8B, "server shutting down (0x8B)")]
    [InlineData(0x93, "receive maximum exceeded (0x93)")]
    public async Task A_connection_that_the_broker_ends_is_told_with_its_reason_and_made_anew(byte reason, string text)
    {
        var broker = await BrokerAsync();
        var ended = 0;
        var proxy = Keep(new MqttProxy(broker.Port)
        {
            FromBroker = packet => MqttProxy.IsPuback(packet) && Interlocked.Increment(ref ended) == 3 ? [0xE0, 2, reason, 0] : packet,
        });
        var agent = Start(Settings(proxy.Port));
        agent.Store(10);
        Assert.Contains(text, await agent.Log.WaitForAsync("MQTT connection lost", Limit), StringComparison.Ordinal);
        await agent.UntilAllDeliveredAsync(Limit);
        Assert.Equal(2, proxy.Connects);
    }
}
