using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Mqtt.Connections;

namespace EdgeAgent.Tests.Mqtt.Connections;

public abstract partial class MqttConnectionContract
{
    [Fact]
    public async Task A_publish_completes_with_its_acknowledgement()
    {
        var broker = await BrokerAsync();
        var observer = await ObserverAsync(broker, "plant/#");
        var connection = await ConnectAsync(Options(broker.Port));

        var result = await connection.PublishAsync(Message("plant/decision", "hello"), Limit);
        Assert.True(result.IsAccepted);
        Assert.Equal(MqttReasonCode.Success, result.Reason);
        var received = await NextAsync(observer);
        Assert.Equal(("plant/decision", "hello", false), (received.Topic, Text(received), received.Retain));
    }

    [Fact]
    public async Task No_matching_subscriber_is_a_success()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port));
        var result = await connection.PublishAsync(Message("nobody/listens"), Limit);
        Assert.Equal(MqttReasonCode.NoMatchingSubscribers, result.Reason);
        Assert.True(result.IsAccepted);
    }

    [Fact]
    public async Task Quality_of_service_0_completes_when_it_is_sent()
    {
        var broker = await BrokerAsync();
        var observer = await ObserverAsync(broker, "a");
        var connection = await ConnectAsync(Options(broker.Port));
        for (var i = 0; i < 100; i++)
        {
            Assert.True((await connection.PublishAsync(Message("a", $"{i}", MqttQos.AtMostOnce), Limit)).IsAccepted);
        }

        var all = Enumerable.Range(0, 100).Select(i => connection.PublishAsync(Message("a", $"{100 + i}", MqttQos.AtMostOnce), Limit));
        Assert.All(await Task.WhenAll(all), result => Assert.True(result.IsAccepted));
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal($"{i}", Text(await NextAsync(observer)));
        }
    }

    [Fact]
    public async Task Many_publishes_in_flight_arrive_in_order()
    {
        const int Count = 1000;
        var broker = await BrokerAsync();
        var observer = await ObserverAsync(broker, "a");
        var connection = await ConnectAsync(Options(broker.Port));

        var publishes = Enumerable.Range(0, Count).Select(i => connection.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
        Assert.All(await Task.WhenAll(publishes), result => Assert.Equal(MqttReasonCode.Success, result.Reason));
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal($"{i}", Text(await NextAsync(observer)));
        }
    }

    [Fact]
    public async Task How_many_may_be_on_their_way_is_told_by_the_connection()
    {
        var small = await Make(Options((await BrokerAsync("max_inflight_messages 7")).Port)).ConnectAsync(Limit);
        var large = await Make(Options((await BrokerAsync("max_inflight_messages 1000")).Port)).ConnectAsync(Limit);

        Assert.Equal((7, MqttConnectionOptions.UsualInFlight), (small.Window, large.Window));
    }

    [Fact]
    public async Task A_receive_maximum_of_one_is_kept()
    {
        var broker = await BrokerAsync("max_inflight_messages 1");
        var connection = await ConnectAsync(Options(broker.Port));
        var publishes = Enumerable.Range(0, 200).Select(i => connection.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
        Assert.All(await Task.WhenAll(publishes), result => Assert.True(result.IsAccepted, result.Text));
    }

    [Fact]
    public async Task Ten_thousand_publishes_are_all_acknowledged()
    {
        const int Count = 10_000;
        var broker = await BrokerAsync();
        var observer = await ObserverAsync(broker, "a", Count);
        var connection = await ConnectAsync(Options(broker.Port));

        var publishes = Enumerable.Range(0, Count).Select(i => connection.PublishAsync(Message("a", $"{i}"), Limit)).ToList();
        Assert.All(await Task.WhenAll(publishes), result => Assert.True(result.IsAccepted));
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal($"{i}", Text(await NextAsync(observer)));
        }

        Assert.Equal(0, observer.ReceivedDropped);
    }

    [Fact]
    public async Task Properties_arrive_and_are_read()
    {
        var broker = await BrokerAsync();
        var observer = await ObserverAsync(broker, "a");
        var connection = await ConnectAsync(Options(broker.Port));
        Assert.True((await connection.SubscribeAsync(["a"], MqttQos.AtLeastOnce, Limit)).IsAccepted);

        await connection.PublishAsync(
            Message("a", "{}") with
            {
                ContentType = "application/json",
                ResponseTopic = "answers/1",
                CorrelationData = new byte[] { 0, 255, 7 },
                Expiry = TimeSpan.FromSeconds(59.2),
                UserProperties = [new("historical", "true"), new("größe", "10 µm"), new("historical", "twice")],
            },
            Limit);

        foreach (var reader in new[] { observer, connection })
        {
            var message = await NextAsync(reader);
            Assert.Equal("application/json", message.ContentType);
            Assert.Equal("answers/1", message.ResponseTopic);
            Assert.Equal(new byte[] { 0, 255, 7 }, message.CorrelationData!.Value.ToArray());
            Assert.InRange(message.Expiry!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
            Assert.Equal([new("historical", "true"), new("größe", "10 µm"), new("historical", "twice")], message.UserProperties);
        }
    }

    [Fact]
    public async Task Absent_properties_stay_absent_and_empty_payloads_empty()
    {
        var broker = await BrokerAsync();
        var connection = await ConnectAsync(Options(broker.Port));
        Assert.True((await connection.SubscribeAsync(["a"], MqttQos.AtLeastOnce, Limit)).IsAccepted);
        await connection.PublishAsync(Message("a", ""), Limit);
        var message = await NextAsync(connection);
        Assert.True(message.Payload.IsEmpty);
        Assert.Null(message.ContentType);
        Assert.Null(message.ResponseTopic);
        Assert.Null(message.CorrelationData);
        Assert.Null(message.Expiry);
        Assert.Empty(message.UserProperties);
    }

    [Fact]
    public async Task A_big_payload_arrives_whole()
    {
        var broker = await BrokerAsync();
        var observer = await ObserverAsync(broker, "a");
        var connection = await ConnectAsync(Options(broker.Port));
        Assert.True((await connection.SubscribeAsync(["a"], MqttQos.AtLeastOnce, Limit)).IsAccepted);
        var payload = RandomNumberGenerator.GetBytes(200_000);

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            connection.PublishAsync(new MqttMessage { Topic = "a", Payload = payload }, Limit)));
        Assert.All(results, result => Assert.Equal(MqttReasonCode.Success, result.Reason));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(payload, (await NextAsync(observer)).Payload.ToArray());
            Assert.Equal(payload, (await NextAsync(connection)).Payload.ToArray());
        }
    }

    [Fact]
    public async Task What_an_access_list_forbids_is_refused_and_the_connection_lives()
    {
        var broker = await BrokerAsync(folder =>
        {
            File.WriteAllText(Path.Combine(folder, "acl"), "topic readwrite allowed/#\n");
            return [$"acl_file {folder}/acl"];
        });
        var connection = await ConnectAsync(Options(broker.Port));

        var forbidden = await connection.PublishAsync(Message("forbidden/a"), Limit);
        Assert.Equal(MqttRequestOutcome.Refused, forbidden.Outcome);
        Assert.Equal(MqttReasonCode.NotAuthorized, forbidden.Reason);
        Assert.Contains("0x87", forbidden.Text, StringComparison.Ordinal);
        var allowed = await connection.PublishAsync(Message("allowed/a"), Limit);
        Assert.True(allowed.IsAccepted, allowed.Text);
    }

    [Fact]
    public async Task What_the_broker_could_not_take_is_refused_here_and_the_connection_lives()
    {
        var broker = await BrokerAsync("max_packet_size 2000", "retain_available false", "max_qos 1");
        var connection = await ConnectAsync(Options(broker.Port));

        var big = await connection.PublishAsync(Message("a", new string('x', 2000)), Limit);
        Assert.Equal((MqttRequestOutcome.Refused, MqttReasonCode.PacketTooLarge), (big.Outcome, big.Reason!.Value));
        var retained = await connection.PublishAsync(Message("a", retain: true), Limit);
        Assert.Equal((MqttRequestOutcome.Refused, MqttReasonCode.RetainNotSupported), (retained.Outcome, retained.Reason!.Value));
        foreach (var topic in new[] { "a/+", "#", "", "a\0b", "a\nb", "\ud800", "\uffff", new string('x', 65536) })
        {
            Assert.Equal(MqttReasonCode.TopicNameInvalid, (await connection.PublishAsync(Message(topic), Limit)).Reason);
        }

        foreach (var text in new[] { "a\0b", "a\nb", "\udc00x" })
        {
            var unfit = await connection.PublishAsync(Message("a") with { UserProperties = [new("key", text)] }, Limit);
            Assert.Equal(MqttReasonCode.PayloadFormatInvalid, unfit.Reason);
        }

        Assert.True((await connection.PublishAsync(Message("a"), Limit)).IsAccepted);
    }

    [Fact]
    public async Task The_packet_size_is_counted_to_the_byte()
    {
        var broker = await BrokerAsync("max_packet_size 400");
        var connection = await ConnectAsync(Options(broker.Port));
        var message = Message("some/topic") with
        {
            ContentType = "text/plain",
            CorrelationData = new byte[3],
            UserProperties = [new("k", "v")],
            Expiry = TimeSpan.FromHours(1),
        };
        var room = 400 - (int)MqttPacketSize.OfPublish(message) + message.Payload.Length - 1; // one more byte of remaining length
        var fits = message with { Payload = Encoding.ASCII.GetBytes(new string('x', room)) };
        Assert.Equal(400, MqttPacketSize.OfPublish(fits));
        Assert.True((await connection.PublishAsync(fits, Limit)).IsAccepted);
        var tooBig = fits with { Payload = new byte[room + 1] };
        Assert.Equal(MqttReasonCode.PacketTooLarge, (await connection.PublishAsync(tooBig, Limit)).Reason);
    }

    [Fact]
    public async Task A_broker_without_quality_of_service_1_is_known()
    {
        var broker = await BrokerAsync("max_qos 0");
        var connection = await ConnectAsync(Options(broker.Port));
        Assert.Equal(MqttReasonCode.QosNotSupported, (await connection.PublishAsync(Message("a"), Limit)).Reason);
        Assert.True((await connection.PublishAsync(Message("a", qos: MqttQos.AtMostOnce), Limit)).IsAccepted);
    }

    [Fact]
    public async Task Before_connecting_a_publish_is_lost_at_once()
    {
        var connection = Make(Options(1));
        Assert.Equal(MqttRequestOutcome.Lost, (await connection.PublishAsync(Message("a"), Limit)).Outcome);
        Assert.Equal(MqttRequestOutcome.Lost, (await connection.SubscribeAsync(["a"], MqttQos.AtLeastOnce, Limit)).Outcome);
    }
}
