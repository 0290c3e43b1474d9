using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections;

public abstract partial class MqttConnectionContract
{
    [Fact]
    public async Task Receives_what_it_subscribed_to_and_nothing_else()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port));
        var subscribed = await connection.SubscribeAsync(["command/+", "other"], MqttQos.AtLeastOnce, Limit);
        Assert.Equal([MqttReasonCode.GrantedQos1, MqttReasonCode.GrantedQos1], subscribed.Reasons);

        var sender = await ConnectAsync(Options(broker.Port, "sender"));
        await sender.PublishAsync(Message("command/a/b", "no"), Limit);
        await sender.PublishAsync(Message("command/ack", "1"), Limit);
        await sender.PublishAsync(Message("other", "2", MqttQos.AtMostOnce), Limit);
        var first = await NextAsync(connection);
        var second = await NextAsync(connection);
        Assert.Equal(("command/ack", "1", MqttQos.AtLeastOnce), (first.Topic, Text(first), first.Qos));
        Assert.Equal(("other", "2", MqttQos.AtMostOnce), (second.Topic, Text(second), second.Qos));
    }

    [Fact]
    public async Task A_retained_message_says_so_to_who_is_there_and_to_who_comes_later()
    {
        var broker = await BrokerAsync();
        var early = await ConnectAsync(Options(broker.Port, "early"));
        await early.SubscribeAsync(["status"], MqttQos.AtLeastOnce, Limit);
        var sender = await ConnectAsync(Options(broker.Port, "sender"));
        Assert.True((await sender.PublishAsync(Message("status", "online", retain: true), Limit)).IsAccepted);
        var late = await ConnectAsync(Options(broker.Port, "late"));
        await late.SubscribeAsync(["status"], MqttQos.AtLeastOnce, Limit);

        Assert.True((await NextAsync(early)).Retain);
        await sender.PublishAsync(Message("status", "online"), Limit);
        Assert.False((await NextAsync(early)).Retain);
        var kept = await NextAsync(late);
        Assert.Equal((true, "online"), (kept.Retain, Text(kept)));
    }

    [Fact]
    public async Task A_packet_that_is_too_large_for_us_stays_with_the_broker_and_the_connection_goes_on()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port) with { MaximumPacketSize = 5000 });
        await connection.SubscribeAsync(["a"], MqttQos.AtLeastOnce, Limit);
        var sender = await ConnectAsync(Options(broker.Port, "sender"));
        foreach (var payload in new[] { new string('x', 5000), "small" })
        {
            Assert.True((await sender.PublishAsync(Message("a", payload), Limit)).IsAccepted);
        }

        Assert.Equal("small", Text(await NextAsync(connection)));
    }

    [Fact]
    public async Task A_filter_that_is_none_is_refused()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port));
        foreach (var filter in new[] { "", "a/#/b", "a+", "a\0" })
        {
            var result = await connection.SubscribeAsync(["good", filter], MqttQos.AtLeastOnce, Limit);
            Assert.Equal(MqttRequestOutcome.Refused, result.Outcome);
            Assert.Equal(MqttReasonCode.TopicFilterInvalid, result.Reasons[1]);
        }

        Assert.True((await connection.SubscribeAsync(["#"], MqttQos.AtLeastOnce, Limit)).IsAccepted);
    }

    [Fact]
    public async Task What_nobody_reads_is_dropped_and_counted_and_publishing_goes_on()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port) with { ReceivedCapacity = 4 });
        await connection.SubscribeAsync(["a", "end"], MqttQos.AtLeastOnce, Limit);
        var sender = await ConnectAsync(Options(broker.Port, "sender"));
        for (var i = 0; i < 20; i++)
        {
            await sender.PublishAsync(Message("a", $"{i}"), Limit);
        }

        // The answer to a subscription comes behind everything that was sent before it. MQTTnet hands received messages to
        // another task, which may run a moment later.
        await connection.SubscribeAsync(["b"], MqttQos.AtLeastOnce, Limit);
        Assert.True(SpinWait.SpinUntil(() => connection.ReceivedDropped == 16, Patience), $"{connection.ReceivedDropped} dropped");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal($"{i}", Text(await NextAsync(connection)));
        }

        Assert.True((await connection.PublishAsync(Message("c"), Limit)).IsAccepted);
    }

    [Fact]
    public async Task A_flood_of_received_messages_is_read_whole()
    {
        const int Count = 3000;
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port) with { ReceivedCapacity = Count });
        await connection.SubscribeAsync(["a"], MqttQos.AtLeastOnce, Limit);
        var sender = await ConnectAsync(Options(broker.Port, "sender"));
        var publishes = Enumerable.Range(0, Count).Select(i => sender.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal($"{i}", Text(await NextAsync(connection)));
        }

        await Task.WhenAll(publishes);
    }
}
